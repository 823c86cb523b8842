package io.rist4j;

import io.rist4j.core.flow.MediaBlock;

/** Shows packets to a handler, on the network thread. */
final class HandlerOutput implements HandleCore.Output {
    private final HandleCore core;
    private final PacketOrigin origin;
    private final RistBlockHandler handler;
    private final RistBlockView view;

    HandlerOutput(HandleCore core, PacketOrigin origin, RistBlockHandler handler, PeerTable peers) {
        this.core = core;
        this.origin = origin;
        this.handler = handler;
        view = new RistBlockView(peers);
    }

    @Override
    public void onBlock(MediaBlock block) {
        view.show(block, 0, origin.bufferNs(), core.pump().clock().wallOffsetNs());
        try {
            handler.onBlock(view);
        } catch (RuntimeException thrown) {
            core.logListener("the handler threw at packet " + block.sequence, thrown);
        }
    }

    @Override
    public void onRoundEnd() {
        // nobody waits
    }
}
