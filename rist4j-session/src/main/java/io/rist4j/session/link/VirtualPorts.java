package io.rist4j.session.link;

/**
 * The ports inside a tunnel: where media and control of one path come from and go to (TR-06-2:2022
 * §5.5). Control goes to wherever the peer's control was last heard from.
 */
final class VirtualPorts {
    /** What libRIST's control says it comes from. */
    private static final int CONTROL_SOURCE_PORT = 32_768;

    final int mediaSource;
    final int mediaDestination;
    private int controlSource = CONTROL_SOURCE_PORT;
    private int controlDestination;

    VirtualPorts(int mediaSource, int mediaDestination) {
        this.mediaSource = mediaSource;
        this.mediaDestination = mediaDestination;
        controlDestination = mediaDestination + 1;
    }

    /** The peer's control came. */
    void onControl(int source, int destination) {
        controlSource = destination;
        controlDestination = source;
    }

    int controlSource() {
        return controlSource;
    }

    int controlDestination() {
        return controlDestination;
    }
}
