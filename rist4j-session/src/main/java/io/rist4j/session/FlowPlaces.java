package io.rist4j.session;

import io.rist4j.core.address.Endpoint;
import io.rist4j.core.address.FairShare;

import org.jspecify.annotations.Nullable;

/**
 * A fixed number of places for flows, each found by the flow's id, shared fairly among those who
 * bring them. Taking and freeing is rare.
 */
final class FlowPlaces implements FairShare.Holders {
    /** Where one flow is, or none. */
    static final class Place {
        boolean used;
        int flowId;

        /** The user whose flow it is, empty without authentication. */
        String user = "";

        /** Who began it. */
        @Nullable Endpoint peer;

        /** The row of the path that began it. */
        int row;

        /** When it was taken, among all. */
        long order;

        /** When its media or its sender's report was last heard. */
        long heardNs;

        /** Null of a flow that was closed or not admitted. */
        @Nullable ReceiverEnd end;

        /** Null of a flow that was not admitted. */
        @Nullable FlowIdentity identity;
    }

    private final Place[] places;
    private final FlowIndex byId;
    private final FairShare shares;
    private long taken;

    /** Above the last place in use. */
    private int end;

    FlowPlaces(int capacity) {
        places = new Place[capacity];
        for (int i = 0; i < capacity; i++) {
            places[i] = new Place();
        }
        byId = new FlowIndex(capacity);
        shares = new FairShare(capacity, this);
    }

    @Override
    public @Nullable Endpoint holder(int index) {
        return places[index].peer;
    }

    @Override
    public String user(int index) {
        return places[index].user;
    }

    @Override
    public long order(int index) {
        return places[index].order;
    }

    /** The place that makes way for a path's flow, or -1 when nobody holds too many. */
    int giving(Path path) {
        return shares.giving(path.peer(), path.user);
    }

    int capacity() {
        return places.length;
    }

    /** Places that are in use: some of 0 until this. */
    int end() {
        return end;
    }

    Place at(int index) {
        return places[index];
    }

    /** The flow in a place, or null when there is none, or it was closed. */
    @Nullable ReceiverEnd end(int index) {
        return places[index].end;
    }

    /** Where a flow is, or -1. */
    int find(int flowId) {
        return byId.find(flowId);
    }

    /** A place that nobody has, or -1. */
    int firstFree() {
        for (int i = 0; i < places.length; i++) {
            if (!places[i].used) {
                return i;
            }
        }
        return -1;
    }

    /** Gives a free place to a path's flow that has none. */
    Place take(int index, int flowId, Path path) {
        Place place = places[index];
        place.used = true;
        place.flowId = flowId;
        place.user = path.user;
        place.peer = path.peer();
        place.row = path.row;
        place.order = ++taken;
        shares.onChanged();
        byId.add(flowId, index);
        end = Math.max(end, index + 1);
        return place;
    }

    /** Gives the first place to a flow whose id is not known yet, and may change. */
    Place takeFirst(ReceiverEnd of) {
        Place place = places[0];
        place.used = true;
        place.end = of;
        end = 1;
        return place;
    }

    void free(int index) {
        places[index] = new Place();
        shares.onChanged();
        byId.clear();
        end = 0;
        for (int i = 0; i < places.length; i++) {
            if (places[i].used) {
                byId.add(places[i].flowId, i);
                end = i + 1;
            }
        }
    }
}
