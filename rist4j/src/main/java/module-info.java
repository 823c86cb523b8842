/**
 * RIST for the JVM: senders, receivers, configuration, statistics and events.
 *
 * <p>Begin with {@link io.rist4j.RistSender} and {@link io.rist4j.RistReceiver}.
 */
@SuppressWarnings("module") // the command is built after this module
module io.rist4j {
    requires static transitive org.jspecify;
    requires io.rist4j.net;
    requires io.rist4j.session;

    exports io.rist4j;
    exports io.rist4j.access to
            io.rist4j.cli;
}
