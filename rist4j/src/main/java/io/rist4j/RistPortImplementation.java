package io.rist4j;

/**
 * What sends and receives the datagrams of a pump.
 *
 * @param name {@code nio}, the portable one, or {@code linux}, which needs {@code rist4j-linux}
 * @param reason why this one, for people; where a faster one is there but does not work, what keeps
 *     it from that
 */
public record RistPortImplementation(String name, String reason) {
    /** Name and reason, in one line. */
    @Override
    public String toString() {
        return name + " (" + reason + ")";
    }
}
