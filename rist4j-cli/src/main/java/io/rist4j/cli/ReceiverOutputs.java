package io.rist4j.cli;

import io.rist4j.RistBlockView;
import io.rist4j.RistPump;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.media.FilePlace;
import io.rist4j.cli.media.MediaOutput;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.NetworkOutput;
import io.rist4j.cli.media.StreamOutput;
import io.rist4j.cli.media.StreamSelection;
import io.rist4j.cli.media.Troubled;
import io.rist4j.cli.view.LogLevel;
import io.rist4j.cli.view.Screen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The outputs of a receiver: each packet goes to those that take it. Where one fails the others go
 * on, and it is tried again; the receiver ends when none is left, or with the first under {@code
 * --output-failure stop}.
 */
final class ReceiverOutputs implements AutoCloseable {
    /** What one output's failure means. */
    enum Failure {
        /** The others go on. */
        retry,
        /** The command ends. */
        stop
    }

    private final Lifecycle life;
    private final Screen screen;
    private final Failure policy;
    private final MediaOutput[] outputs;
    private final StreamSelection[] selections;
    private final Set<Integer> failed = new HashSet<>();

    private ReceiverOutputs(List<MediaUrl> targets, Lifecycle life, Screen screen, Failure policy) {
        this.life = life;
        this.screen = screen;
        this.policy = policy;
        outputs = new MediaOutput[targets.size()];
        selections = targets.stream().map(MediaUrl::selection).toArray(StreamSelection[]::new);
    }

    /**
     * Opens all, or none.
     *
     * @param life is told when nothing is left to write to
     * @param screen is told of every failure
     */
    static ReceiverOutputs open(
            List<MediaUrl> targets, RistPump pump, Lifecycle life, Screen screen, Failure policy)
            throws IOException {
        var all = new ReceiverOutputs(targets, life, screen, policy);
        try {
            for (int i = 0; i < targets.size(); i++) {
                all.outputs[i] = all.open(i, targets.get(i), pump);
            }
        } catch (IOException | RuntimeException refused) {
            all.close();
            throw refused;
        }
        return all;
    }

    private MediaOutput open(int index, MediaUrl target, RistPump pump) throws IOException {
        if (target.isNetwork()) {
            return new NetworkOutput(target, PumpAccess.pump(pump));
        }
        var place = new FilePlace(target);
        if (place.mayBlock()) {
            screen.log(LogLevel.NOTICE, place.name() + " is a pipe; it waits for a reader");
        }
        return new StreamOutput(
                place,
                new StreamOutput.Listener() {
                    @Override
                    public void onFailure(IOException why, boolean retries) {
                        fail(index, why, retries);
                    }

                    @Override
                    public void onRecovered(String where, long droppedPackets) {
                        recover(index, where, droppedPackets);
                    }
                });
    }

    /** Those that may leave something out. */
    List<Troubled> network() {
        return Arrays.stream(outputs)
                .filter(Troubled.class::isInstance)
                .map(Troubled.class::cast)
                .toList();
    }

    private void fail(int index, IOException why, boolean retries) {
        boolean none;
        synchronized (failed) {
            failed.add(index);
            none = failed.size() == outputs.length;
        }
        if (none || policy == Failure.stop) {
            life.fail(why);
        } else {
            screen.log(
                    LogLevel.ERROR,
                    why.getMessage()
                            + "; the other outputs go on"
                            + (retries ? ", this one is tried again" : ""));
        }
    }

    private void recover(int index, String where, long droppedPackets) {
        synchronized (failed) {
            failed.remove(index);
        }
        screen.log(
                LogLevel.NOTICE,
                where + " is written again; " + droppedPackets + " packets were not");
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
                if (output != null) {
                    output.close();
                }
            } catch (IOException e) {
                life.fail(e);
            }
        }
    }
}
