package io.rist4j.session;

import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

import org.jspecify.annotations.Nullable;

/**
 * A receiver's half: one flow or several, each with a {@link ReceiverEnd} of its own. Which flows
 * there may be is the {@link FlowRule}'s business.
 */
final class ReceiverFlows implements FlowEnd, ReceivingFlows {
    private final FlowRule rule;
    private final FlowPlaces places;
    private final PathDirectory directory;
    private final int ownSsrc;
    private final long startBufferNs;
    private final boolean sizesBuffer;
    private final Wake due = new Wake();
    private int reported;

    ReceiverFlows(SessionConfig config, int ownSsrc, PathDirectory directory, FlowRule rule) {
        this.rule = rule;
        this.directory = directory;
        this.ownSsrc = ownSsrc;
        places = rule.places();
        startBufferNs = config.receiver().bufferStartNs();
        sizesBuffer = config.receiver().bufferMinNs() != config.receiver().bufferMaxNs();
    }

    @Override
    public int capacity() {
        return places.capacity();
    }

    @Override
    public @Nullable ReceiverFlow flow(int index) {
        ReceiverEnd at = places.end(index);
        return at == null ? null : at.flow();
    }

    @Override
    public @Nullable FlowIdentity identity(int index) {
        return places.at(index).identity;
    }

    @Override
    public boolean isBroughtBy(int index, int row) {
        ReceiverEnd at = places.end(index);
        Path path = directory.row(row);
        return at != null && path != null && at.brings(path);
    }

    @Override
    public void close(int index) {
        rule.close(index);
    }

    @Override
    public Verdict onMedia(long now, Path path, MediaPacket packet) {
        FlowPlaces.Place place = rule.ofMedia(now, path, packet);
        ReceiverEnd to = place == null ? null : place.end;
        return to == null ? Verdict.FOREIGN_FLOW : to.onMedia(now, path, packet);
    }

    @Override
    public void onMissing(
            long now, Path path, int mediaSsrc, long first, int bits, int additional) {
        // Nobody asks a receiver; in a multicast group other receivers' requests pass by.
    }

    @Override
    public boolean onSenderReport(long now, Path path, int ssrc, long ntp, long rtpTimestamp) {
        FlowPlaces.Place place = rule.ofReport(now, path, ssrc & ~1);
        if (place == null) {
            return false;
        }
        ReceiverEnd of = place.end;
        boolean counts =
                of == null
                        ? place.row == path.row
                        : of.onSenderReport(now, path, ssrc, ntp, rtpTimestamp);
        if (counts) {
            place.heardNs = now;
        }
        return counts;
    }

    @Override
    public boolean onReceptionReport(
            long now, Path path, int sourceSsrc, long highestSequence, long cumulativeLost) {
        return false; // nobody receives anything from a receiver
    }

    @Override
    public void onPathDown(Path path) {
        // The table knows.
    }

    @Override
    public void onPathRemoved(int row) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null) {
                at.onPathRemoved(row);
            }
        }
    }

    @Override
    public boolean sendsMedia() {
        return false;
    }

    @Override
    public void onRoundTrip(long now, Path path) {
        for (int turn = 0; ; turn++) {
            ReceiverEnd at = concerned(path, turn);
            if (at == null) {
                return;
            }
            at.onRoundTrip(now, path);
        }
    }

    private @Nullable ReceiverEnd concerned(Path path, int turn) {
        int place = rule.concerned(path, turn);
        return place < 0 ? null : places.end(place);
    }

    @Override
    public void fillReport(long now, Path path, Report report) {
        reported = 0;
        if (!fillNextReport(now, path, report)) {
            report.fromSender = false;
            report.hasBlock = false;
            report.peerPort = 0;
        }
    }

    @Override
    public boolean fillNextReport(long now, Path path, Report report) {
        ReceiverEnd at = concerned(path, reported++);
        if (at == null) {
            return false;
        }
        at.fillReport(now, path, report);
        return true;
    }

    @Override
    public long bufferMs() {
        long longestNs = 0;
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            longestNs = at == null ? longestNs : Math.max(longestNs, at.flow().targetBufferNs());
        }
        return (longestNs > 0 ? longestNs : startBufferNs) / SessionTime.MILLISECOND;
    }

    @Override
    public long shortestBufferNs() {
        long shortestNs = rule.nextBufferNs();
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            shortestNs = at == null ? shortestNs : Math.min(shortestNs, at.flow().bufferNs());
        }
        return shortestNs;
    }

    @Override
    public long longestBufferNs() {
        long longestNs = 0;
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            longestNs = at == null ? longestNs : Math.max(longestNs, at.flow().bufferNs());
        }
        return longestNs;
    }

    @Override
    public boolean sizesBuffer() {
        return sizesBuffer;
    }

    @Override
    public void onSenderKeeps(Path path, long keepsNs) {
        for (int turn = 0; ; turn++) {
            ReceiverEnd at = concerned(path, turn);
            if (at == null) {
                return;
            }
            at.flow().setSenderHistoryNs(keepsNs);
        }
    }

    @Override
    public int controlSsrc() {
        return ownSsrc;
    }

    @Override
    public boolean accepts(int ssrc) {
        return rule.accepts(ssrc);
    }

    @Override
    public boolean isBusy() {
        return rule.isBusy();
    }

    @Override
    public boolean takesSeveralFlows() {
        return rule.takesSeveralFlows();
    }

    @Override
    public void release() {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null) {
                at.flow().release();
            }
        }
    }

    @Override
    public void wakes(Wake wake) {
        rule.wakes(wake);
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null) {
                at.flow().wakes(wake);
            }
        }
    }

    @Override
    public void onDeadline(long now) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && isDue(now, at)) {
                at.onDeadline(now);
            }
        }
        rule.onDeadline(now);
    }

    /** To ask a single one costs as much as to serve it. */
    private boolean isDue(long now, ReceiverEnd at) {
        if (!rule.takesSeveralFlows()) {
            return true;
        }
        due.clear();
        at.flow().wakes(due);
        return due.earliestNs() <= now;
    }

    @Override
    public boolean isDrained(long now) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && !at.flow().isDrained()) {
                return false;
            }
        }
        return true;
    }
}
