package io.rist4j.codec.gre;

import io.rist4j.codec.Wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One datagram of the Main profile captured from a peer; {@code main-packets.tsv} tells from which.
 *
 * @param name unique
 * @param hex its bytes
 */
record CapturedTunnel(String name, String hex) {
    static Stream<CapturedTunnel> all() {
        return rows("main-packets.tsv").map(row -> new CapturedTunnel(row.get(0), row.get(3)));
    }

    static CapturedTunnel named(String name) {
        return all().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
    }

    /** The columns of every line of a file that is no comment. */
    static Stream<List<String>> rows(String file) {
        var stream = Wire.class.getResourceAsStream(file);
        Objects.requireNonNull(stream, file);
        try (var reader =
                new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return reader
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> List.of(line.split("\t", -1)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ByteBuffer buffer() {
        return Wire.hex(hex);
    }

    @Override
    public String toString() {
        return name;
    }
}
