package io.rist4j.codec.gre;

/** What GRE's protocol type says of the body: EtherTypes that have a meaning in a RIST tunnel. */
public final class ProtocolTypes {
    /** A whole IP packet (TR-06-2:2022 §5.3.1); libRIST sends its out-of-band data so. */
    public static final int IP = 0x0800;

    /** The keep-alive message in its legacy encapsulation (§5.6.3). */
    public static final int KEEP_ALIVE = 0x88B5;

    /** Reduced overhead mode in its legacy encapsulation (§5.3.2). */
    public static final int REDUCED_OVERHEAD = 0x88B6;

    /** EAP over LAN: authentication, never encrypted (§7.5). */
    public static final int EAPOL = 0x888E;

    /** The VSF's own, a {@link VsfHeader} follows (§5.2). */
    public static final int VSF = 0xCCE0;

    private ProtocolTypes() {}
}
