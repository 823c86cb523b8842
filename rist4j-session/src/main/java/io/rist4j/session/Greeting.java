package io.rist4j.session;

import io.rist4j.codec.control.ControlMessage;
import io.rist4j.codec.control.KeepAlive;
import io.rist4j.core.message.MediaPacket;
import io.rist4j.core.message.Verdict;
import io.rist4j.session.link.InboundHandler;
import io.rist4j.session.link.OpenDatagram;

import java.nio.ByteBuffer;

/**
 * Reads just enough of a datagram from an unknown source to tell whether it is a peer's. Reused.
 */
final class Greeting implements InboundHandler {
    private final MediaPacket carrier = new MediaPacket();
    private boolean reported;
    private boolean named;
    private boolean kept;
    private boolean media;
    private String name = "";
    private int ssrc;
    private int sequence;

    /** Reads a datagram anew. */
    Verdict read(OpenDatagram datagram) {
        reported = false;
        named = false;
        kept = false;
        name = "";
        media = false;
        ssrc = 0;
        Verdict verdict = datagram.read(carrier, this);
        if (verdict != Verdict.OK) {
            return verdict;
        }
        return isControl() || media || kept ? Verdict.OK : Verdict.STRANGER;
    }

    /**
     * A report with a source description: what TR-06-1 has every participant send. A keep-alive
     * message makes a peer too, where there are any.
     */
    boolean isControl() {
        return reported && named;
    }

    /** What he calls himself, printable; empty before he said. */
    String name() {
        return name;
    }

    boolean isMedia() {
        return media;
    }

    /** Who greets: the report's SSRC, or the flow id of media. */
    int ssrc() {
        return ssrc;
    }

    /** Of media: its number, in as many bits as its path tells. */
    int sequence() {
        return sequence;
    }

    @Override
    public Verdict onMedia(MediaPacket packet) {
        media = true;
        ssrc = packet.flowId;
        sequence = (int) packet.sequence;
        return Verdict.OK;
    }

    @Override
    public void onSenderReport(
            int from, long ntp, long rtpTimestamp, long packetCount, long octetCount) {
        noteReport(from);
    }

    @Override
    public void onEmptyReceiverReport(int from) {
        noteReport(from);
    }

    @Override
    public void onReportBlock(
            int from,
            int sourceSsrc,
            int fractionLost,
            int cumulativeLost,
            long highestSequence,
            long jitter,
            long lastSr,
            long delaySinceLastSr) {
        noteReport(from);
    }

    private void noteReport(int from) {
        if (!reported) {
            reported = true;
            ssrc = from;
        }
    }

    @Override
    public void onCanonicalName(int from, ByteBuffer buffer, int at, int bytes) {
        named = true;
        name = PeerNames.printable(buffer, at, bytes);
    }

    @Override
    public void onControl(ControlMessage message) {
        kept |= message instanceof KeepAlive;
    }

    /** Says nothing about who sent it. */
    @Override
    public Verdict onOutOfBand(int protocolType, ByteBuffer b, int at, int bytes) {
        return Verdict.OK;
    }
}
