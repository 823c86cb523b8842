package io.rist4j;

import java.net.InetSocketAddress;

/**
 * A peer that asks to come in at a handle that listens. Immutable, and made by this library only;
 * later versions may tell more.
 */
public final class RistNewcomer {
    private final InetSocketAddress peer;
    private final String cname;
    private final String user;

    RistNewcomer(InetSocketAddress peer, String cname, String user) {
        this.peer = peer;
        this.cname = cname;
        this.user = user;
    }

    /** Its address. */
    public InetSocketAddress peer() {
        return peer;
    }

    /** Its canonical name, printable; empty when it has not said. Anybody can claim any. */
    public String cname() {
        return cname;
    }

    /** The user name that it proved by EAP-SRP; empty without authentication. */
    public String user() {
        return user;
    }

    /** All of it, for people, and open to change. */
    @Override
    public String toString() {
        return "RistNewcomer[" + peer + ", cname '" + cname + "', user '" + user + "']";
    }
}
