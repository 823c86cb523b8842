package io.rist4j.cli.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Serves metrics over HTTP, at {@code /metrics}. Whoever asks holds little and for a short time: 16
 * connections, two threads, 5 s for a request and as long for its answer; the text is made at most
 * twice a second, however many ask. It reads what the network thread published and never waits for
 * it.
 */
public final class MetricsServer implements AutoCloseable {
    private static final String PATH = "/metrics";
    private static final int MOST_CONNECTIONS = 16;
    private static final int THREADS = 2;
    private static final int WAITING = 8;
    private static final long FRESH_NS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;

    static {
        // of the JDK's server, which reads them once; seconds
        System.setProperty("jdk.httpserver.maxConnections", Integer.toString(MOST_CONNECTIONS));
        System.setProperty("sun.net.httpserver.maxReqTime", "5");
        System.setProperty("sun.net.httpserver.maxRspTime", "5");
        System.setProperty("sun.net.httpserver.idleInterval", "10");
        System.setProperty("sun.net.httpserver.maxReqHeaders", "50");
    }

    private final HttpServer server;
    private final ThreadPoolExecutor threads;
    private final Supplier<String> source;
    private final Object lock = new Object();
    private byte[] text = {};
    private long madeNs = System.nanoTime() - FRESH_NS;

    private MetricsServer(HttpServer server, ThreadPoolExecutor threads, Supplier<String> source) {
        this.server = server;
        this.threads = threads;
        this.source = source;
    }

    /**
     * Begins to serve.
     *
     * @param at address and port
     * @param source makes the text; called on the server's threads, one at a time
     * @throws IOException when the port cannot be had
     */
    public static MetricsServer start(InetSocketAddress at, Supplier<String> source)
            throws IOException {
        HttpServer server = HttpServer.create(at, MOST_CONNECTIONS);
        var threads =
                new ThreadPoolExecutor(
                        THREADS,
                        THREADS,
                        10,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(WAITING),
                        Thread.ofPlatform().daemon().name("rist-metrics").factory());
        threads.allowCoreThreadTimeOut(true);
        var made = new MetricsServer(server, threads, source);
        server.setExecutor(threads);
        server.createContext("/", made::answer);
        server.start();
        return made;
    }

    /** Where it serves. */
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!exchange.getRequestURI().getPath().equals(PATH)) {
                say(exchange, NOT_FOUND, "metrics are at " + PATH + "\n");
            } else if (method.equals("GET")) {
                say(exchange, OK, Exposition.CONTENT_TYPE, fresh());
            } else if (method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Content-Type", Exposition.CONTENT_TYPE);
                exchange.sendResponseHeaders(OK, -1);
            } else {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                say(exchange, NOT_ALLOWED, "GET is all there is\n");
            }
        }
    }

    private byte[] fresh() {
        synchronized (lock) {
            long nowNs = System.nanoTime();
            if (nowNs - madeNs >= FRESH_NS) {
                text = source.get().getBytes(StandardCharsets.UTF_8);
                madeNs = nowNs;
            }
            return text;
        }
    }

    private static void say(HttpExchange exchange, int status, String text) throws IOException {
        say(exchange, status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void say(HttpExchange exchange, int status, String type, byte[] body)
            throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    /** Ends at once. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
