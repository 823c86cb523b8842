package io.rist4j.cli;

import io.rist4j.MainConfig;
import io.rist4j.RistClosedException;
import io.rist4j.RistPump;
import io.rist4j.RistSender;
import io.rist4j.RistUri;
import io.rist4j.access.PumpAccess;
import io.rist4j.cli.media.MediaUrl;
import io.rist4j.cli.media.NetworkInput;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A sender's inputs from the network. Where one has a {@code stream-id}, each has its own, and a
 * sender of its own with that virtual destination port; otherwise one sender sends all.
 *
 * <p>libRIST: a tunnel for each stream, to the same port; its receivers begin anew with each packet
 * where one tunnel carries several flows, as TR-06-2 allows. Ours: as there.
 */
final class NetworkInputs {
    private NetworkInputs() {}

    /** Whether the inputs are flows of their own. */
    static boolean haveStreams(List<MediaUrl> sources) {
        return sources.stream().anyMatch(source -> source.streamId() != 0);
    }

    /**
     * The paths of each sender.
     *
     * @throws UsageException when inputs cannot be told apart
     */
    static List<List<RistUri>> paths(List<MediaUrl> sources, List<RistUri> paths) {
        if (!haveStreams(sources)) {
            return List.of(paths);
        }
        checkStreams(sources);
        return sources.stream().map(source -> paths(source, paths)).toList();
    }

    private static void checkStreams(List<MediaUrl> sources) {
        var seen = new HashSet<Integer>();
        for (MediaUrl source : sources) {
            if (source.streamId() == 0) {
                throw new UsageException(
                        source + ": where one input has a stream-id, each needs its own");
            }
            if (!seen.add(source.streamId())) {
                throw new UsageException(
                        source + ": stream-id " + source.streamId() + " is another input's too");
            }
        }
    }

    private static List<RistUri> paths(MediaUrl source, List<RistUri> paths) {
        var changed = new ArrayList<RistUri>();
        for (RistUri path : paths) {
            if (!(path.config() instanceof MainConfig config)) {
                throw new UsageException(source + ": stream-id needs the main profile");
            }
            if (path.isListening()) {
                throw new UsageException(
                        source + ": stream-id needs outputs that dial; " + path + " listens");
            }
            int port = source.streamId();
            changed.add(path.withConfig(config.toBuilder().virtualDestinationPort(port).build()));
        }
        return changed;
    }

    /**
     * Opens those of the inputs that are of the network.
     *
     * @param senders one, or one for each input
     */
    static List<NetworkInput> open(List<MediaUrl> sources, RistPump pump, List<RistSender> senders)
            throws IOException {
        var network = new ArrayList<NetworkInput>();
        for (int i = 0; i < sources.size(); i++) {
            MediaUrl source = sources.get(i);
            RistSender sender = senders.get(haveStreams(sources) ? i : 0);
            if (source.isNetwork()) {
                network.add(
                        new NetworkInput(
                                source,
                                PumpAccess.pump(pump),
                                (arrivalNs, buffer, at, bytes) ->
                                        forward(sender, buffer, at, bytes, arrivalNs)));
            }
        }
        return network;
    }

    /** On the pump's thread: from the input's buffer straight into the session. */
    private static void forward(
            RistSender sender, ByteBuffer buffer, int at, int bytes, long arrivalNs) {
        if (!sender.isOpen()) {
            return;
        }
        try {
            sender.send(buffer, at, bytes, arrivalNs);
        } catch (RistClosedException e) {
            // the command is about to end
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
