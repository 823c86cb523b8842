package io.rist4j.cli;

import io.rist4j.RistBlockView;
import io.rist4j.RistPump;
import io.rist4j.cli.media.MediaOutput;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.MediaUrl.Kind;
import io.rist4j.cli.media.NetworkOutput;
import io.rist4j.cli.media.OpenFiles;
import io.rist4j.cli.media.StreamOutput;
import io.rist4j.cli.media.StreamSelection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The open outputs of a receiver: each packet goes to those that take it. */
final class ReceiverOutputs implements AutoCloseable {
    private final Lifecycle life;
    private final MediaOutput[] outputs;
    private final StreamSelection[] selections;

    private ReceiverOutputs(
            Lifecycle life, List<MediaOutput> outputs, List<StreamSelection> selections) {
        this.life = life;
        this.outputs = outputs.toArray(MediaOutput[]::new);
        this.selections = selections.toArray(StreamSelection[]::new);
    }

    /**
     * Opens all, or none.
     *
     * @param life is told of a disk that is full, and the like
     */
    static ReceiverOutputs open(List<MediaUrl> targets, RistPump pump, Lifecycle life)
            throws IOException {
        var opened = new ArrayList<MediaOutput>();
        boolean complete = false;
        try {
            for (MediaUrl target : targets) {
                opened.add(open(target, pump, life));
            }
            complete = true;
        } finally {
            if (!complete) {
                new ReceiverOutputs(life, opened, List.of()).close();
            }
        }
        return new ReceiverOutputs(
                life, opened, targets.stream().map(MediaUrl::selection).toList());
    }

    private static MediaOutput open(MediaUrl target, RistPump pump, Lifecycle life)
            throws IOException {
        return target.isNetwork()
                ? new NetworkOutput(target, pump.pump())
                : new StreamOutput(
                        target.kind() == Kind.STANDARD ? "standard output" : target.path(),
                        OpenFiles.output(target),
                        life::fail);
    }

    /** On the pump's thread: from the recovery buffer straight into the outputs. */
    void write(RistBlockView block) {
        ByteBuffer payload = block.payload();
        int at = payload.position();
        int bytes = payload.remaining();
        int source = block.virtualSourcePort();
        int destination = block.virtualDestinationPort();
        for (int i = 0; i < outputs.length; i++) {
            int skip = selections[i].skip(source, destination, payload, at, bytes);
            if (skip != StreamSelection.NOT_TAKEN) {
                outputs[i].write(
                        block.sequence(),
                        block.timestamp(),
                        block.flowId(),
                        payload,
                        at + skip,
                        bytes - skip);
            }
        }
    }

    @Override
    public void close() {
        for (MediaOutput output : outputs) {
            try {
                output.close();
            } catch (IOException e) {
                life.fail(e);
            }
        }
    }
}
