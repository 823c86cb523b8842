package io.rist4j.testkit.simulation;

/**
 * What a simulation can show: one thing that really happened in it, not one that was merely drawn.
 * A campaign that lacks one of them proves nothing about it.
 */
public enum Dimension {
    // ---- what the links did
    /** A link lost single datagrams towards the receiver. */
    LOSS,
    /** A link lost runs of datagrams towards the receiver. */
    BURST_LOSS,
    /** A link lost datagrams on the way back. */
    RETURN_LOSS,
    /** Datagrams took 20 ms or more. */
    DELAY,
    /** A link's delay varied. */
    JITTER,
    /** A link made copies. */
    DUPLICATION,
    /** Originals came after ones sent later. */
    REORDERING,
    /** A rate limit's queue overflowed. */
    RATE_LIMIT,
    /** A link was dead for a while, and datagrams were lost by it. */
    OUTAGE,
    /** A path was silent for longer than the session timeout, for one end at least. */
    PATH_DOWN,
    /** A path came up again after that. */
    PATH_BACK,

    // ---- paths
    /** One path. */
    ONE_PATH,
    /** Two paths. */
    TWO_PATHS,
    /** Three paths. */
    THREE_PATHS,
    /** Four paths. */
    FOUR_PATHS,
    /** Copies of the originals went over several paths, and the receiver dropped the surplus. */
    COPIES,
    /** Packets from several paths were merged into the output. */
    MERGE,
    /** Originals were shared out among paths by weight. */
    WEIGHTS,
    /** Some paths had a weight, others carried everything. */
    MIXED_WEIGHTS,
    /** Requests for packets went over several paths. */
    REQUESTS_ON_SEVERAL_PATHS,
    /** Requests left by the path of highest priority, though another one is shorter. */
    PRIORITIES,
    /** Receiver listens on one port pair for each path. */
    SENDER_DIALS,
    /** Receiver listens on one port pair for all paths. */
    SENDER_DIALS_ONE_PORT,
    /** Sender listens. */
    RECEIVER_DIALS,

    // ---- numbers and clocks
    /** The 16-bit sequence number wrapped. */
    SEQUENCE_WRAP,
    /** The 32-bit timestamp wrapped. */
    TIMESTAMP_WRAP,
    /** The hosts' clocks ran at different speeds. */
    CLOCK_SKEW,
    /** Packets were placed by their source time. */
    SOURCE_TIMING,
    /** Packets were placed by their arrival. */
    ARRIVAL_TIMING,
    /** Packets were placed by the wall clock. */
    RTC_TIMING,
    /** The receiver chose the length of its buffer. */
    ADAPTIVE_BUFFER,

    // ---- input and hosts
    /** Packets of the input came several at a time. */
    BURSTY_INPUT,
    /** The input paused. */
    PAUSE,
    /** The flow anchored again after a silence or a jump. */
    ANEW,
    /** The receiver started after the input had begun. */
    LATE_RECEIVER,
    /** Hosts woke up now and then only. */
    SELDOM_AWAKE,
    /** The receiver refused datagrams of strangers. */
    STRANGERS,

    // ---- profile and security
    /** The Simple profile. */
    SIMPLE_PROFILE,
    /** The Main profile in clear. */
    CLEAR_TUNNEL,
    /** Media came under keys of 128 bits. */
    PSK_128,
    /** Media came under keys of 256 bits. */
    PSK_256,
    /** A caller proved itself, and there was no other secret. */
    SRP,
    /** A caller proved itself, and a pre-shared secret served as well. */
    PSK_AND_SRP,
    /** An authentication succeeded though links had lost some of its frames. */
    FRAMES_LOST,
    /** Keys changed in mid-stream. */
    KEY_ROTATION,
    /** An end kept datagrams until their key was there. */
    HELD,
    /** Media came under a secret that both ends had turned to in mid-stream. */
    SECRET_CHANGE,
    /** Somebody sent in the names of the ends. */
    FORGERIES,

    // ---- what arrived of attacks
    /** Goodbyes in the names of the ends. */
    SPOOFED_GOODBYES,
    /** Media of another flow, from somebody who had answered an echo request. */
    PROVEN_STRANGER,
    /** Reports from an address that has nothing to do with the flow. */
    FOREIGN_REPORTS,
    /** A keep-alive of a newer edition of the tunnel in the name of an end. */
    VERSION_BUMPS,
    /** Frames of an authentication by somebody who sees none. */
    BLIND_FRAMES,
    /** What was recorded of an earlier session under the same secret. */
    EARLIER_SESSION,
    /** Requests for everything in the receiver's name. */
    REQUEST_FLOOD,
    /** Datagrams under keys that nobody has. */
    KEY_FLOOD,
    /** Media of many flows, from somebody who had answered an echo request. */
    MANY_SOURCES,
    /** Keep-alives of strangers. */
    STRANGE_KEEP_ALIVES,

    // ---- recovery
    /** Requests with ranges. */
    RANGE_REQUESTS,
    /** Requests with bit masks. */
    BITMASK_REQUESTS,
    /** Packets came out that had been lost on their way. */
    RECOVERY,
    /** Packets were recovered by the second round of requests or a later one. */
    SEVERAL_ROUNDS,
    /** Requests were repeated within a round trip. */
    REQUEST_REDUNDANCY,
    /** Packets from before the first one came out. */
    START_REPAIR,
    /** The last packet was repeated. */
    TAIL_REPAIR,
    /** The sender refused repetitions at its bitrate ceiling. */
    CEILING,
    /** Recovery was promised for packets that had been lost. */
    PROMISE,
    /** Packets came too late to be played. */
    TOO_LATE,
    /** Packets stayed lost. */
    LOST
}
