package io.rist4j.codec.gre;

import io.rist4j.codec.control.KeepAlive;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a peer says of itself in keep-alive messages. Its word only: without a key it may be
 * anybody's. Immutable.
 *
 * @param macAddress identifies the device, 48 bits
 * @param capabilities what it can do; unmodifiable
 * @param json the JSON text that came last, empty without; at most {@link KeepAlive#MAX_JSON_BYTES}
 *     characters, not checked for being JSON, without control characters: spaces stand for line
 *     ends and tabulators, question marks for others
 */
public record PeerCapabilities(long macAddress, Set<Capability> capabilities, String json) {
    private static final long MAX_MAC_ADDRESS = 0xFFFF_FFFF_FFFFL;
    private static final int MAC_OCTETS = 6;

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException when the address has more than 48 bits
     */
    public PeerCapabilities {
        if (macAddress < 0 || macAddress > MAX_MAC_ADDRESS) {
            throw new IllegalArgumentException(
                    "MAC address " + macAddress + " is outside 0..2^48-1");
        }
        Set<Capability> copy = EnumSet.noneOf(Capability.class);
        copy.addAll(capabilities);
        capabilities = Collections.unmodifiableSet(copy);
    }

    /** Whether the peer claims one of the capabilities. */
    public boolean has(Capability capability) {
        return capabilities.contains(capability);
    }

    /** The address as people write it, {@code 06:de:93:63:fa:e3}. */
    public String macAddressText() {
        var text = new StringBuilder(3 * MAC_OCTETS);
        for (int shift = 8 * (MAC_OCTETS - 1); shift >= 0; shift -= 8) {
            int octet = (int) (macAddress >>> shift) & 0xFF;
            text.append(octet < 0x10 ? "0" : "").append(Integer.toHexString(octet));
            text.append(shift > 0 ? ":" : "");
        }
        return text.toString();
    }
}
