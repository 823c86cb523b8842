package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

/**
 * A receiver takes one flow: its place is there from the beginning and stays, and another flow may
 * take it over ({@link FlowTakeover}).
 */
final class OnlyFlow implements FlowRule {
    private final FlowPlaces places = new FlowPlaces(1);
    private final FlowPlaces.Place place;
    private final ReceiverEnd end;

    OnlyFlow(ReceiverEnd end) {
        this.end = end;
        place = places.takeFirst(end);
    }

    @Override
    public FlowPlaces places() {
        return places;
    }

    @Override
    public FlowPlaces.Place ofMedia(long nowNs, Path path, MediaPacket packet) {
        return place;
    }

    @Override
    public FlowPlaces.Place ofReport(long nowNs, Path path, int flowId) {
        return place;
    }

    @Override
    public boolean accepts(int ssrc) {
        return end.accepts(ssrc);
    }

    @Override
    public boolean isBusy() {
        return end.isBusy();
    }

    @Override
    public int concerned(Path path, int turn) {
        return turn == 0 && place.end != null && end.concerns(path) ? 0 : -1;
    }

    @Override
    public boolean takesSeveralFlows() {
        return false;
    }

    @Override
    public long nextBufferNs() {
        return Long.MAX_VALUE;
    }

    @Override
    public void close(int index) {
        place.end = null;
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(SessionTime.NEVER, 0, "nothing ends");
    }

    @Override
    public void onDeadline(long nowNs) {
        // Nothing ends.
    }
}
