package io.rist4j.session;

/** The RIST profiles, in libRIST's numbering. */
public enum Profile {
    /** TR-06-1: RTP and RTCP on a pair of ports. */
    SIMPLE,
    /** TR-06-2: one port, GRE-over-UDP. */
    MAIN,
    /** TR-06-3. */
    ADVANCED
}
