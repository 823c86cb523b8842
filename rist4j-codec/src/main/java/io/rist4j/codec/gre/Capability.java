package io.rist4j.codec.gre;

import io.rist4j.codec.control.KeepAlive;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/**
 * What a device says in its keep-alive messages that it can do (TR-06-2:2022 §5.6.3, TR-06-3:2022
 * §5.3.6). A device that sends no such messages is not known to be able to do anything.
 */
public enum Capability {
    /** X: reserved for more capabilities in the JSON. */
    MORE(0x8000, 0),
    /** R: willing to carry traffic other than RIST's. */
    ROUTING(0x4000, 0),
    /** B: bonding. */
    BONDING(0x2000, 0),
    /** A: adaptive encoding. */
    ADAPTIVE_ENCODING(0x1000, 0),
    /** P: forward error correction of SMPTE 2022. */
    FORWARD_ERROR_CORRECTION(0x0800, 0),
    /** E: seamless switching of SMPTE 2022-7. */
    SEAMLESS_SWITCHING(0x0400, 0),
    /** L: load sharing, reserved; later libRIST splits packets in two when it sends this. */
    LOAD_SHARING(0x0200, 0),
    /** N: null packet deletion. */
    NULL_PACKET_DELETION(0x0100, 0),
    /** V: reduced overhead mode. */
    REDUCED_OVERHEAD(0x0020, 0),
    /** J: sends, receives and processes JSON. */
    JSON(0x0010, 0),
    /** F: change of the passphrase on the fly. */
    PASSPHRASE_CHANGE(0x0008, 0),
    /** C: compression, of the Advanced profile. */
    COMPRESSION(0x0004, 0x20),
    /** G: fragmentation, of the Advanced profile. */
    FRAGMENTATION(0x0002, 0x40),
    /** I: the Advanced profile. */
    ADVANCED_PROFILE(0x0001, 0x80);

    private static final Capability[] ALL = values();

    private final int flag;
    private final int extensionFlag;

    Capability(int flag, int extensionFlag) {
        this.flag = flag;
        this.extensionFlag = extensionFlag;
    }

    /** The 16 flags of a keep-alive message that tell of these capabilities. */
    public static int flags(Collection<Capability> capabilities) {
        int flags = 0;
        for (Capability capability : capabilities) {
            flags |= capability.flag;
        }
        return flags;
    }

    /**
     * The first byte of a keep-alive message's extension, where libRIST and its kin look for the
     * capabilities of the Advanced profile.
     */
    public static int extension(Collection<Capability> capabilities) {
        int extension = 0;
        for (Capability capability : capabilities) {
            extension |= capability.extensionFlag;
        }
        return extension;
    }

    /**
     * The capabilities that a keep-alive message tells of, in either place.
     *
     * @param flags its 16 flags; those that are no capability are passed over
     * @param extension the first byte of its extension, or {@link KeepAlive#NO_EXTENSION}
     */
    public static Set<Capability> of(int flags, int extension) {
        int extended = extension == KeepAlive.NO_EXTENSION ? 0 : extension;
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Capability capability : ALL) {
            if ((capability.flag & flags) != 0 || (capability.extensionFlag & extended) != 0) {
                capabilities.add(capability);
            }
        }
        return capabilities;
    }
}
