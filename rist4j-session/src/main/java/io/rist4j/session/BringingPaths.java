package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.PathSet;
import io.rist4j.core.path.RequestPaths;

/** Of one flow of several: the paths that brought a packet of it. */
final class BringingPaths implements FlowPaths {
    private final RequestPaths requests;
    private final int flow;
    private final PathSet bringers = new PathSet();
    private int sourcePort;
    private int destinationPort;

    /**
     * @param flow its index
     */
    BringingPaths(RequestPaths requests, int flow) {
        this.requests = requests;
        this.flow = flow;
    }

    @Override
    public int forRequest(long nowNs, int attempt) {
        return requests.choose(nowNs, attempt, bringers);
    }

    @Override
    public boolean brings(Path path) {
        return bringers.contains(path.row);
    }

    @Override
    public boolean concerns(Path path) {
        return brings(path);
    }

    @Override
    public void onFlowStarted() {
        // Who brings it is found out.
    }

    @Override
    public void onBrought(Path path, MediaPacket packet) {
        if (!brings(path)) {
            bringers.set(path.row, true);
            path.brought.add(flow);
        }
        sourcePort = packet.virtualSourcePort;
        destinationPort = packet.virtualDestinationPort;
    }

    @Override
    public int sourcePort() {
        return sourcePort;
    }

    @Override
    public int destinationPort() {
        return destinationPort;
    }

    @Override
    public void onPathRemoved(int row) {
        bringers.set(row, false);
    }
}
