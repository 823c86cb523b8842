package io.rist4j.session;

import io.rist4j.core.address.FairShare;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

import java.util.function.IntFunction;

/**
 * A receiver takes several flows, each found by its id.
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
final class FlowsById implements FlowRule {
    /** A refused flow is told of at most this often. */
    private static final long REFUSAL_EVERY_NS = 10 * SessionTime.SECOND;

    private final SessionConfig config;
    private final SessionSink sink;
    private final SessionServices.Admission admission;
    private final IntFunction<ReceiverEnd> maker;
    private final FlowPlaces places;
    private final FlowCandidates candidates = new FlowCandidates();
    private final long lookEveryNs;
    private long lookNs = SessionTime.NEVER;
    private long refusalToldNs = -REFUSAL_EVERY_NS;
    private long nowNs;

    /**
     * No flow yet.
     *
     * @param maker makes the end of a flow by its index
     */
    FlowsById(
            SessionConfig config,
            SessionSink sink,
            SessionServices.Admission admission,
            IntFunction<ReceiverEnd> maker) {
        this.config = config;
        this.sink = sink;
        this.admission = admission;
        this.maker = maker;
        places = new FlowPlaces(config.maxFlows());
        lookEveryNs = config.sessionTimeoutNs() / 4;
    }

    @Override
    public FlowPlaces places() {
        return places;
    }

    @Override
    public void close(int index) {
        places.at(index).end = null;
    }

    @Override
    public FlowPlaces.@Nullable Place ofMedia(long now, Path path, MediaPacket packet) {
        nowNs = now;
        int index = places.find(packet.flowId);
        if (index < 0) {
            index = begin(now, path, packet);
            if (index < 0) {
                return null;
            }
        }
        FlowPlaces.Place place = places.at(index);
        if (!place.user.equals(path.user)) {
            return null; // whoever proved another name does not add to this flow
        }
        place.heardNs = now;
        return place;
    }

    @Override
    public FlowPlaces.@Nullable Place ofReport(long now, Path path, int flowId) {
        nowNs = now;
        int index = places.find(flowId);
        return index < 0 || !places.at(index).user.equals(path.user) ? null : places.at(index);
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
            place.end = maker.apply(index);
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

    private void refuse(long now, Path path, int flowId) {
        if (now - refusalToldNs >= REFUSAL_EVERY_NS) {
            refusalToldNs = now;
            sink.event(new SessionEvent.FlowRefused(flowId, path.peer()));
        }
    }

    private boolean bringsAny(Path path) {
        return concerned(path, 0) >= 0;
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
                && (at == null || at.flow().isDrained());
    }

    private void free(int index) {
        FlowIdentity known = places.at(index).identity;
        places.free(index);
        if (known != null) {
            sink.event(new SessionEvent.FlowEnded(index, known.flowId()));
        }
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
    public int concerned(Path path, int turn) {
        BroughtFlows brought = path.brought;
        while (turn < brought.size()) {
            int index = brought.at(turn);
            ReceiverEnd at = places.end(index);
            if (at != null && at.brings(path)) {
                return index;
            }
            brought.remove(turn);
        }
        return -1;
    }

    @Override
    public boolean takesSeveralFlows() {
        return true;
    }

    @Override
    public long nextBufferNs() {
        return config.receiver().bufferStartNs();
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(lookNs, lookEveryNs / 4, "silent flows");
    }

    @Override
    public void onDeadline(long now) {
        nowNs = now;
        if (lookNs <= now) {
            for (int i = places.end() - 1; i >= 0; i--) {
                if (isOver(now, places.at(i))) {
                    free(i);
                }
            }
            lookNs = places.end() == 0 ? SessionTime.NEVER : now + lookEveryNs;
        }
    }
}
