package io.rist4j.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Vectors from files: captured datagrams of peers, and computed values. */
public final class Vectors {
    private static final Pattern INNERMOST_OBJECT = Pattern.compile("\\{[^{}]*}");
    private static final Pattern MEMBER =
            Pattern.compile("\"(\\w+)\":\\s*(?:\"([^\"\\\\]*(?:\\\\.[^\"\\\\]*)*)\"|(\\d+))");

    private static final Pattern ESCAPED = Pattern.compile("\\\\u([0-9a-f]{4})");

    private Vectors() {}

    /** One set of values by name. */
    public record Row(Map<String, String> values) {
        /** The value; fails when there is none. */
        public String text(String name) {
            return Objects.requireNonNull(values.get(name), name);
        }

        /** Octets written in hexadecimal. */
        public byte[] octets(String name) {
            return HexFormat.of().parseHex(text(name));
        }

        /** A decimal number. */
        public int number(String name) {
            return Integer.parseInt(text(name));
        }

        /** 32 bits in hexadecimal. */
        public int word(String name) {
            return HexFormat.fromHexDigits(text(name));
        }

        @Override
        public String toString() {
            return values.getOrDefault("name", "")
                    + values.getOrDefault("mode", "")
                    + values.getOrDefault("group_bits", "")
                    + values.getOrDefault("capture", "")
                    + " "
                    + values.getOrDefault("index", "")
                    + values.getOrDefault("note", "");
        }
    }

    /** SRP-6a in four modes. */
    public static Stream<Row> srp() {
        return objectsWith("mode");
    }

    /** EAPOL frames of a whole exchange. */
    public static Stream<Row> eapol() {
        return objectsWith("hex");
    }

    /** Passphrase frames of EAP version 4. */
    public static Stream<Row> passphrases() {
        return objectsWith("frame");
    }

    /** Key streams. */
    public static Stream<Row> keyStreams() {
        return objectsWith("keystream48");
    }

    private static Stream<Row> objectsWith(String member) {
        return INNERMOST_OBJECT
                .matcher(file("security.json"))
                .results()
                .map(match -> object(match.group()))
                .filter(row -> row.values().containsKey(member));
    }

    private static Row object(String text) {
        Map<String, String> values = new HashMap<>();
        MEMBER.matcher(text)
                .results()
                .forEach(m -> {
                    String value = m.group(2) == null ? m.group(3) : m.group(2);
                    values.put(m.group(1), unescaped(value));
                });
        return new Row(values);
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text.replace("\\\"", "\""))
                .replaceAll(m -> String.valueOf((char) HexFormat.fromHexDigits(m.group(1))));
    }

    /** Encrypted datagrams of libRIST, with their keys and plaintexts. */
    public static Stream<Row> captured() {
        List<String> names =
                List.of(
                        "capture",
                        "index",
                        "passphrase",
                        "bits",
                        "nonce",
                        "seq",
                        "rv",
                        "proto",
                        "key",
                        "iv",
                        "datagram",
                        "plain");
        return file("psk.tsv")
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> {
                    String[] columns = line.split("\t", -1);
                    Map<String, String> values = new HashMap<>();
                    for (int i = 0; i < names.size(); i++) {
                        values.put(names.get(i), columns[i]);
                    }
                    return new Row(values);
                });
    }

    private static String file(String name) {
        try (var stream = Objects.requireNonNull(Vectors.class.getResourceAsStream(name), name)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
