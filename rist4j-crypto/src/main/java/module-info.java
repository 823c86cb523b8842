/**
 * RIST security: pre-shared keys, SRP and the EAP state machines that run it.
 *
 * <p>Sans-I/O: no clock, sockets, threads, randomness or logging. Only the cryptography providers
 * of the JDK are used.
 */
module io.rist4j.crypto {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.core;
    requires io.rist4j.codec;

    exports io.rist4j.crypto.eap;
    exports io.rist4j.crypto.host;
    exports io.rist4j.crypto.psk;
    exports io.rist4j.crypto.srp;
}
