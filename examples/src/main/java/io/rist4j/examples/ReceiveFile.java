package io.rist4j.examples;

import io.rist4j.RistReceiver;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Receives into a file until the sender leaves. */
public final class ReceiveFile {
    /**
     * Receives a file.
     *
     * @param args where to listen ({@code rist://@:5000}), the file
     * @throws IOException when the port cannot be opened or the file cannot be written
     */
    public static void main(String[] args) throws IOException {
        receive(args[0], Path.of(args[1]));
    }

    static void receive(String from, Path file) throws IOException {
        try (RistReceiver receiver =
                        RistReceiver.builder().path(from).endWithPeer().open(); // "rist://@:5000"
                InputStream in = receiver.asInputStream()) {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private ReceiveFile() {}
}
