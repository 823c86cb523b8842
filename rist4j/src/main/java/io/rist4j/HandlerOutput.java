package io.rist4j;

import io.rist4j.core.flow.MediaBlock;

import java.util.function.Consumer;

/** Shows packets to a handler, on the network thread. */
final class HandlerOutput implements HandleCore.Output {
    private final HandleCore core;
    private final PacketOrigin origin;
    private final RistBlockHandler handler;
    private final RistBlockView view;
    private final UserCode code;
    private final Consumer<Throwable> onRetired;

    /**
     * @param onRetired what happens when the handler throws again and again
     */
    HandlerOutput(
            HandleCore core,
            PacketOrigin origin,
            RistBlockHandler handler,
            PeerTable peers,
            Consumer<Throwable> onRetired) {
        this.core = core;
        this.origin = origin;
        this.handler = handler;
        this.onRetired = onRetired;
        view = new RistBlockView(peers);
        code = core.userCode("packet handler");
    }

    @Override
    public void onBlock(MediaBlock block) {
        if (code.isRetired()) {
            return;
        }
        view.show(block, 0, origin.bufferNs(), core.pump().clock().wallOffsetNs());
        long beganNs = code.begin();
        try {
            handler.onBlock(view);
            code.end(beganNs);
        } catch (Throwable thrown) {
            code.threw("at packet " + block.sequence, thrown);
            if (code.isRetired()) {
                onRetired.accept(thrown);
            }
        }
    }

    @Override
    public void onRoundEnd() {
        // nobody waits
    }
}
