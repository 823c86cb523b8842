package io.rist4j.session;

import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.path.RequestPaths;

/** Of a receiver's only flow: whatever path serves brings it, and every path may. */
final class EveryPath implements FlowPaths {
    private final RequestPaths requests;
    private final PathDirectory directory;

    EveryPath(RequestPaths requests, PathDirectory directory) {
        this.requests = requests;
        this.directory = directory;
    }

    @Override
    public int forRequest(long nowNs, int attempt) {
        return requests.choose(nowNs, attempt);
    }

    @Override
    public boolean brings(Path path) {
        return directory.isServing(path);
    }

    @Override
    public boolean concerns(Path path) {
        return true;
    }

    @Override
    public void onFlowStarted() {
        directory.askOnlyDialled();
    }

    @Override
    public void onBrought(Path path, MediaPacket packet) {
        // The table knows.
    }

    @Override
    public int sourcePort() {
        return 0;
    }

    @Override
    public int destinationPort() {
        return 0;
    }

    @Override
    public void onPathRemoved(int row) {
        // The table knows.
    }
}
