package io.rist4j.codec.gre;

import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.PrintableText;

import org.jspecify.annotations.Nullable;

/**
 * Keeps what one peer said last in its keep-alive messages, and notices when it says something
 * else. Allocates only then.
 *
 * <p>A message without JSON does not take back the JSON of an earlier one. A peer whose JSON needs
 * several messages (TR-06-2:2022 §5.6.8) says something else each time; who tells others of changes
 * bounds how often.
 *
 * <p>Not thread-safe.
 */
public final class KeepAliveMemory {
    private static final int MESSAGE_KINDS = KeepAlive.DISCONNECT | KeepAlive.RECONNECT;

    private @Nullable KeepAlive last;
    private String json = "";
    private @Nullable PeerCapabilities latest;

    /** Knows nothing yet. */
    public KeepAliveMemory() {}

    /**
     * Takes note of a message. Whether it is a disconnect or reconnect message makes no difference.
     *
     * @param message what came
     * @return whether it says anything new, as the first one does
     */
    public boolean onKeepAlive(KeepAlive message) {
        KeepAlive before = last;
        boolean isNewJson = !message.json().isEmpty() && !message.json().equals(json);
        if (before != null
                && !isNewJson
                && message.macAddress() == before.macAddress()
                && capabilities(message) == capabilities(before)
                && message.extension() == before.extension()) {
            return false;
        }
        last = message;
        json = isNewJson ? message.json() : json;
        latest =
                new PeerCapabilities(
                        message.macAddress(),
                        Capability.of(capabilities(message), message.extension()),
                        printable(json));
        return true;
    }

    private static int capabilities(KeepAlive message) {
        return message.flags() & ~MESSAGE_KINDS;
    }

    /** What the peer said last, null when it said nothing yet. */
    public @Nullable PeerCapabilities latest() {
        return latest;
    }

    /**
     * Line ends and tabulators in JSON stand between its tokens, where a space does as well; other
     * characters that do not show are not JSON, or can be escaped there.
     */
    private static String printable(String text) {
        String line = text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        return PrintableText.of(line);
    }
}
