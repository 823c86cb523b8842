package io.rist4j.net;

import static io.rist4j.core.time.SessionTime.NEVER;

import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A task with given deadlines that notes when it was served. */
final class RecordingTask implements PumpTask {
    final ArrayDeque<Long> deadlines = new ArrayDeque<>();
    final List<Long> servedNs = new ArrayList<>();
    long slackNs;
    long earlyNs;
    long gatherNs;
    int asked;
    @Nullable Throwable failure;

    RecordingTask gathering(long ns) {
        gatherNs = ns;
        return this;
    }

    RecordingTask tolerating(long early, long slack) {
        earlyNs = early;
        slackNs = slack;
        return this;
    }

    RecordingTask due(long... atNs) {
        for (long deadlineNs : atNs) {
            deadlines.add(deadlineNs);
        }
        return this;
    }

    @Override
    public void wakes(Wake wake) {
        asked++;
        wake.at(deadlineNs(), earlyNs, slackNs, "test");
    }

    private long deadlineNs() {
        Long next = deadlines.peek();
        return next == null ? NEVER : next;
    }

    @Override
    public void onDeadline(long nowNs) {
        while (deadlineNs() != NEVER && deadlineNs() - earlyNs <= nowNs) {
            deadlines.remove();
            servedNs.add(nowNs);
        }
    }

    @Override
    public long gatherNs() {
        return gatherNs;
    }

    @Override
    public void onFailure(Throwable cause) {
        failure = cause;
    }
}
