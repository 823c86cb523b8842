/** Virtual clock, simulated network, conformance runner and impairment proxy. */
module io.rist4j.testkit {
    requires static transitive org.jspecify;
    requires transitive io.rist4j.session;
    requires transitive io.rist4j.net;
    requires io.rist4j.codec;

    exports io.rist4j.testkit.conformance;
    exports io.rist4j.testkit.impair;
    exports io.rist4j.testkit.link;
    exports io.rist4j.testkit.network;
    exports io.rist4j.testkit.simulation;
}
