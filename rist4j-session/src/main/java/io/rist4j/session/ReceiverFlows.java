package io.rist4j.session;

import io.rist4j.core.address.FairShare;
import io.rist4j.core.flow.ReceiverFlow;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.core.path.PathSet;
import io.rist4j.core.path.PathTable;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;
import io.rist4j.session.link.Report;

import org.jspecify.annotations.Nullable;

/**
 * A receiver's half with several flows: each has a {@link ReceiverEnd} of its own, found by its id.
 *
 * <p>A flow begins with media of a path that is taken in: at once where the path's address is
 * proven or its reports name the flow, which they may do for a few; else with the second packet,
 * and then one for each path. It ends when neither its media nor its sender's reports were heard
 * for the session timeout and what it had is played out. A full set makes room for a proven peer's
 * flow at the cost of one whose peer is not, and else of the latest of whoever holds more places
 * than the newcomer would ({@link FairShare}); it ends no other that lives. Flows that the
 * application closed or did not admit keep their place until they are silent, so that they are not
 * asked about with every packet.
 */
final class ReceiverFlows implements FlowEnd {
    /** A refused flow is told of at most this often. */
    private static final long REFUSAL_EVERY_NS = 10 * SessionTime.SECOND;

    private final SessionConfig config;
    private final SessionIdentity identity;
    private final PathTable table;
    private final PathDirectory directory;
    private final Outbox outbox;
    private final SessionSink sink;
    private final WallClock wallClock;
    private final SessionServices.Admission admission;
    private final RequestBatches batches;
    private final FlowPlaces places;
    private final FlowCandidates candidates = new FlowCandidates();
    private final long lookEveryNs;
    private final boolean sizesBuffer;

    private long lookNs = SessionTime.NEVER;
    private final Wake due = new Wake();
    private long refusalToldNs = -REFUSAL_EVERY_NS;
    private int reportedPlace;
    private long nowNs;

    ReceiverFlows(
            SessionConfig config,
            SessionIdentity identity,
            PathTable table,
            PathDirectory directory,
            Outbox outbox,
            SessionSink sink,
            WallClock wallClock,
            SessionServices.Admission admission) {
        this.config = config;
        this.identity = identity;
        this.table = table;
        this.directory = directory;
        this.outbox = outbox;
        this.sink = sink;
        this.wallClock = wallClock;
        this.admission = admission;
        batches = new RequestBatches(table.capacity());
        places = new FlowPlaces(config.maxFlows());
        lookEveryNs = config.sessionTimeoutNs() / 4;
        sizesBuffer = config.receiver().bufferMinNs() != config.receiver().bufferMaxNs();
    }

    int capacity() {
        return places.capacity();
    }

    @Nullable ReceiverFlow flow(int index) {
        ReceiverEnd at = places.end(index);
        return at == null ? null : at.flow();
    }

    @Nullable FlowIdentity identity(int index) {
        return places.at(index).identity;
    }

    boolean isBroughtBy(int index, int row) {
        ReceiverEnd at = places.end(index);
        Path path = directory.row(row);
        return at != null && path != null && at.isBroughtBy(path);
    }

    /** Gives a flow up: what comes of it is refused until it has been silent. */
    void close(int index) {
        places.at(index).end = null;
    }

    @Override
    public Verdict onMedia(long now, Path path, MediaPacket packet) {
        nowNs = now;
        int index = places.find(packet.flowId);
        if (index < 0) {
            index = begin(now, path, packet);
            if (index < 0) {
                return Verdict.FOREIGN_FLOW;
            }
        }
        FlowPlaces.Place place = places.at(index);
        if (!place.user.equals(path.user)) {
            return Verdict.FOREIGN_FLOW; // whoever proved another name does not add to this flow
        }
        place.heardNs = now;
        ReceiverEnd to = place.end;
        return to == null ? Verdict.FOREIGN_FLOW : to.onMedia(now, path, packet);
    }

    private int begin(long now, Path path, MediaPacket packet) {
        if (!mayBegin(now, path, packet.flowId)) {
            return -1;
        }
        int index = freePlace(now, path);
        if (index < 0) {
            refuse(now, path, packet.flowId);
            return -1;
        }
        var newcomer =
                new FlowIdentity(
                        packet.flowId,
                        path.row,
                        path.peer(),
                        path.peerName,
                        path.user,
                        packet.virtualSourcePort,
                        packet.virtualDestinationPort);
        FlowPlaces.Place place = places.take(index, packet.flowId, path);
        place.heardNs = now;
        lookNs = Math.min(lookNs, now + lookEveryNs);
        if (admission.admitsFlow(newcomer)) {
            place.identity = newcomer;
            place.end = newEnd(index);
            sink.event(new SessionEvent.FlowOpened(index, newcomer));
        } else {
            refuse(now, path, packet.flowId);
        }
        return index;
    }

    private boolean mayBegin(long now, Path path, int flowId) {
        return path.isProven()
                || path.namesFlow(flowId)
                || (candidates.isSecond(now, flowId, path.row) && !bringsAny(path));
    }

    private ReceiverEnd newEnd(int index) {
        return new ReceiverEnd(
                config,
                identity,
                table,
                directory,
                outbox,
                sink,
                wallClock,
                batches,
                index,
                new PathSet());
    }

    private void refuse(long now, Path path, int flowId) {
        if (now - refusalToldNs >= REFUSAL_EVERY_NS) {
            refusalToldNs = now;
            sink.event(new SessionEvent.FlowRefused(flowId, path.peer()));
        }
    }

    private boolean bringsAny(Path path) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && at.isBroughtBy(path)) {
                return true;
            }
        }
        return false;
    }

    private int freePlace(long now, Path path) {
        int free = places.firstFree();
        for (int i = 0; free < 0 && i < places.capacity(); i++) {
            FlowPlaces.Place place = places.at(i);
            if (isOver(now, place) || (path.isProven() && isUnproven(place))) {
                free(i);
                free = i;
            }
        }
        int giving = free < 0 && path.isProven() ? places.giving(path) : -1;
        if (giving >= 0) {
            free(giving);
            free = giving;
        }
        return free;
    }

    private static boolean isUnproven(FlowPlaces.Place place) {
        ReceiverEnd at = place.end;
        Path bringer = at == null ? null : at.bringer();
        return at != null && (bringer == null || !bringer.isProven());
    }

    private boolean isOver(long now, FlowPlaces.Place place) {
        ReceiverEnd at = place.end;
        return place.used
                && now - place.heardNs >= config.sessionTimeoutNs()
                && (at == null || at.isDrained(now));
    }

    private void free(int index) {
        FlowIdentity known = places.at(index).identity;
        places.free(index);
        if (known != null) {
            sink.event(new SessionEvent.FlowEnded(index, known.flowId()));
        }
    }

    @Override
    public void onMissing(
            long now, Path path, int mediaSsrc, int high, long first, int additional) {
        // Nobody asks a receiver; in a multicast group other receivers' requests pass by.
    }

    @Override
    public boolean onSenderReport(long now, Path path, int ssrc, long ntp, long rtpTimestamp) {
        nowNs = now;
        int index = places.find(ssrc & ~1);
        if (index < 0 || !places.at(index).user.equals(path.user)) {
            return false;
        }
        FlowPlaces.Place place = places.at(index);
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
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && at.isBroughtBy(path)) {
                at.onRoundTrip(now, path);
            }
        }
    }

    @Override
    public void fillReport(long now, Path path, Report report) {
        reportedPlace = 0;
        if (!fillNextReport(now, path, report)) {
            report.fromSender = false;
            report.hasBlock = false;
            report.peerPort = 0;
        }
    }

    @Override
    public boolean fillNextReport(long now, Path path, Report report) {
        while (reportedPlace < places.end()) {
            ReceiverEnd at = places.end(reportedPlace++);
            if (at != null && at.isBroughtBy(path)) {
                at.fillReport(now, path, report);
                return true;
            }
        }
        return false;
    }

    @Override
    public long bufferMs() {
        long longestMs = 0;
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            longestMs = at == null ? longestMs : Math.max(longestMs, at.bufferMs());
        }
        return longestMs > 0
                ? longestMs
                : config.receiver().bufferStartNs() / SessionTime.MILLISECOND;
    }

    @Override
    public long shortestBufferNs() {
        long shortestNs = config.receiver().bufferStartNs();
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            shortestNs = at == null ? shortestNs : Math.min(shortestNs, at.shortestBufferNs());
        }
        return shortestNs;
    }

    @Override
    public long longestBufferNs() {
        long longestNs = 0;
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            longestNs = at == null ? longestNs : Math.max(longestNs, at.longestBufferNs());
        }
        return longestNs;
    }

    @Override
    public boolean sizesBuffer() {
        return sizesBuffer;
    }

    @Override
    public void onSenderKeeps(Path path, long keepsNs) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && at.isBroughtBy(path)) {
                at.onSenderKeeps(path, keepsNs);
            }
        }
    }

    @Override
    public int controlSsrc() {
        return identity.ownSsrc();
    }

    @Override
    public boolean accepts(int ssrc) {
        return places.end() == 0 || places.find(ssrc & ~1) >= 0;
    }

    @Override
    public boolean isBusy() {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && nowNs - places.at(i).heardNs < config.sessionTimeoutNs()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean takesSeveralFlows() {
        return true;
    }

    @Override
    public void release() {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null) {
                at.release();
            }
        }
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(lookNs, lookEveryNs / 4, "silent flows");
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null) {
                at.wakes(wake);
            }
        }
    }

    @Override
    public void onDeadline(long now) {
        nowNs = now;
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && isDue(now, at)) {
                at.onDeadline(now);
            }
        }
        if (lookNs <= now) {
            for (int i = places.end() - 1; i >= 0; i--) {
                if (isOver(now, places.at(i))) {
                    free(i);
                }
            }
            lookNs = places.end() == 0 ? SessionTime.NEVER : now + lookEveryNs;
        }
    }

    private boolean isDue(long now, ReceiverEnd at) {
        due.clear();
        at.wakes(due);
        return due.earliestNs() <= now;
    }

    @Override
    public boolean isDrained(long now) {
        for (int i = 0; i < places.end(); i++) {
            ReceiverEnd at = places.end(i);
            if (at != null && !at.isDrained(now)) {
                return false;
            }
        }
        return true;
    }
}
