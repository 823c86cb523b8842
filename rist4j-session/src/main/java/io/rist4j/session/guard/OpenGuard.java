package io.rist4j.session.guard;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/** Guards nothing: of profiles that have no security. Has no state, so one serves every path. */
public enum OpenGuard implements PathGuard {
    /** The only one. */
    INSTANCE;

    @Override
    public Verdict open(long nowNs, long arrivalNs, ByteBuffer b, int at, int bytes) {
        return Verdict.OK;
    }
}
