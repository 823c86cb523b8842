/**
 * A batching datagram port, and network devices, for Linux through java.lang.foreign. Needs {@code
 * --enable-native-access=io.rist4j.linux}, or {@code ALL-UNNAMED} on the class path; without it the
 * portable port serves.
 */
@SuppressWarnings("module") // the command is compiled after this module
module io.rist4j.linux {
    requires static transitive org.jspecify;
    requires io.rist4j.net;

    exports io.rist4j.linux to
            io.rist4j.cli;

    provides io.rist4j.net.PortProvider with
            io.rist4j.linux.LinuxPortProvider;
}
