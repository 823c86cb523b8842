/**
 * RIST for the JVM: senders, receivers, configuration, statistics and events.
 *
 * <p>Begin with {@link io.rist4j.RistSender} and {@link io.rist4j.RistReceiver}.
 */
module io.rist4j {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.net;
    requires io.rist4j.session;

    exports io.rist4j;
}
