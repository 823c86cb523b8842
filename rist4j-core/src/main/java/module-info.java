/**
 * Sequence and time arithmetic, the messages between wire and flow, the ARQ flow halves, paths and
 * rates of RIST.
 *
 * <p>Sans-I/O: nothing here reads a clock, opens a socket, starts a thread, draws a random number
 * or logs. Times, bytes and randomness are arguments, effects leave through sinks. No type is safe
 * for use by several threads at once.
 */
module io.rist4j.core {
    requires static transitive org.jspecify;

    exports io.rist4j.core.address;
    exports io.rist4j.core.flow;
    exports io.rist4j.core.message;
    exports io.rist4j.core.path;
    exports io.rist4j.core.rate;
    exports io.rist4j.core.time;
}
