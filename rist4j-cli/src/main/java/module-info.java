/** The rist command. */
module io.rist4j.cli {
    requires static transitive org.jspecify;
    requires io.rist4j;
    requires io.rist4j.core;
    requires io.rist4j.crypto;
    requires io.rist4j.linux; // used where the system has what it needs
    requires io.rist4j.net;
    requires io.rist4j.testkit;
    requires info.picocli;
    requires jdk.httpserver;
    requires jdk.unsupported; // sun.misc.Signal, by reflection

    provides System.LoggerFinder with
            io.rist4j.cli.DebugLogs;

    opens io.rist4j.cli to
            info.picocli;
}
