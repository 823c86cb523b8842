package io.rist4j.codec;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One datagram captured from a peer; {@code packets.tsv} tells from which.
 *
 * @param name unique
 * @param hex its bytes
 */
public record Captured(String name, String hex) {
    /** GRE with sequence number, and the reduced header, before the RTP of the npd packets. */
    private static final int TUNNEL_HEX_DIGITS = 24;

    private static final List<Captured> ALL = load();

    private static List<Captured> load() {
        var stream = Captured.class.getResourceAsStream("packets.tsv");
        Objects.requireNonNull(stream, "packets.tsv");
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t", -1))
                    .map(columns -> of(columns[0], columns[3]))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Captured of(String name, String hex) {
        return new Captured(name, name.startsWith("npd-") ? hex.substring(TUNNEL_HEX_DIGITS) : hex);
    }

    /** The packet with that name. */
    public static Captured named(String name) {
        return ALL.stream().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
    }

    /** All media packets. */
    public static Stream<Captured> media() {
        return ALL.stream().filter(c -> c.hex.startsWith("21", 2));
    }

    /** All control compounds. */
    public static Stream<Captured> control() {
        return ALL.stream().filter(c -> !c.hex.startsWith("21", 2));
    }

    /** A new array with its bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** A new buffer with its bytes. */
    public ByteBuffer buffer() {
        return ByteBuffer.wrap(bytes());
    }

    @Override
    public String toString() {
        return name;
    }
}
