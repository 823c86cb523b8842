package io.rist4j.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Names as peers write them: whatever those contain, no control characters reach a terminal or a
 * log.
 */
final class PeerNames {
    private PeerNames() {}

    static String printable(ByteBuffer b, int at, int bytes) {
        byte[] name = new byte[bytes];
        b.get(at, name);
        return printable(name);
    }

    static String printable(byte[] name) {
        var text = new StringBuilder(new String(name, StandardCharsets.UTF_8));
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                text.setCharAt(i, '?');
            }
        }
        return text.toString();
    }
}
