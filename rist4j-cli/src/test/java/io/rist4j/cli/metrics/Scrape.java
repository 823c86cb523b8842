package io.rist4j.cli.metrics;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * What somebody got over HTTP.
 *
 * @param status of the answer
 * @param type of its content
 * @param text its content
 */
public record Scrape(int status, String type, String text) {
    /** Asks a server of this host. */
    public static Scrape of(InetSocketAddress at, String method, String path) throws IOException {
        var connection =
                (HttpURLConnection)
                        URI.create("http://127.0.0.1:" + at.getPort() + path)
                                .toURL()
                                .openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(10_000);
        connection.setReadTimeout(10_000);
        int status = connection.getResponseCode();
        try (InputStream in =
                status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            return new Scrape(
                    status,
                    String.valueOf(connection.getContentType()),
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
