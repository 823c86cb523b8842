package io.rist4j.session;

import io.rist4j.codec.rtcp.BitmaskRequest;
import io.rist4j.codec.rtcp.RangeRequest;
import io.rist4j.session.link.RequestWriter;

/** How a receiver writes its retransmission requests (TR-06-1:2020 §5.3.2); senders read both. */
public enum RequestFormat {
    /** RTCP APP with ranges: libRIST's default and ours. */
    RANGE,
    /** RFC 4585 generic NACK with a bitmask. */
    BITMASK;

    RequestWriter writer() {
        return switch (this) {
            case RANGE -> RangeRequest::write;
            case BITMASK -> BitmaskRequest::write;
        };
    }
}
