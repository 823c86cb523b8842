package io.rist4j.session;

import io.rist4j.codec.control.BufferNegotiation;
import io.rist4j.codec.control.ControlMessage;
import io.rist4j.core.time.SessionTime;
import io.rist4j.core.time.Wake;

import org.jspecify.annotations.Nullable;

/**
 * Buffer negotiation, libRIST's message beyond the TR: a sender tells how long it keeps packets, a
 * receiver how long it buffers.
 *
 * <p>libRIST 0.2.12: a sender tells three times at the start and again when the peer turns out to
 * know the newest edition; a receiver tells when automatic sizing has changed its buffer. Ours: the
 * same, a receiver at most every two seconds; a message about a single flow is refused, as there.
 */
final class NegotiationPart implements SessionPart {
    private static final int REPEATS = 3;
    private static final long LOOK_NS = 2 * SessionTime.SECOND;

    /** A peer's news are told at most this often. */
    private static final long NEWS_EVERY_NS = SessionTime.SECOND;

    /** What this part knows of one path. */
    private static final class Contact {
        final Path path;
        boolean toldNewest;
        int toldMs;
        int senderMaxMs = -1;
        long saidNs = SessionTime.NEVER;
        int reportedSenderMs = -1;
        int reportedReceiverMs = -1;
        long reportedNs = -NEWS_EVERY_NS;

        Contact(Path path) {
            this.path = path;
        }

        /** Anybody may have said it; the peer says it again. */
        void forget() {
            senderMaxMs = -1;
            toldNewest = false;
        }
    }

    private final PathDirectory directory;
    private final FlowEnd end;
    private final Outbox outbox;
    private final SessionSink sink;
    private final @Nullable Contact[] contacts;
    private long dueNs = SessionTime.NEVER;

    NegotiationPart(PathDirectory directory, FlowEnd end, Outbox outbox, SessionSink sink) {
        this.directory = directory;
        this.end = end;
        this.outbox = outbox;
        this.sink = sink;
        contacts = new Contact[directory.capacity()];
    }

    private @Nullable Contact contact(int row) {
        Path path = directory.row(row);
        if (path == null) {
            contacts[row] = null;
            return null;
        }
        Contact known = contacts[row];
        if (known == null || known.path != path) {
            known = new Contact(path);
            contacts[row] = known;
        }
        return known;
    }

    @Override
    public void start(long nowNs) {
        for (int row = 0; row < contacts.length; row++) {
            Contact contact = contact(row);
            if (contact != null) {
                tellSender(nowNs, contact);
            }
        }
        dueNs = nowNs + LOOK_NS;
    }

    @Override
    public void onRedialled(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null) {
            contact.forget();
            tellSender(nowNs, contact);
        }
    }

    @Override
    public void onPathUp(long nowNs, Path path) {
        Contact contact = contact(path.row);
        if (contact != null && contact.saidNs != nowNs) {
            contact.forget();
        }
        if (contact != null && path.link.hasShownNewest(nowNs)) {
            contact.toldNewest = true;
            tellSender(nowNs, contact);
        }
        dueNs = Math.min(dueNs, nowNs + LOOK_NS);
    }

    private void tellSender(long nowNs, Contact contact) {
        if (end.sendsMedia()) {
            for (int i = 0; i < REPEATS; i++) {
                tell(nowNs, contact.path, end.bufferMs(), 0);
            }
        }
    }

    private void tell(long nowNs, Path path, long senderMaxMs, long receiverMs) {
        outbox.say(nowNs, path, BufferNegotiation.ofEveryFlow(senderMaxMs, receiverMs));
    }

    @Override
    public void wakes(Wake wake) {
        wake.at(dueNs, LOOK_NS / 10, "negotiation");
    }

    @Override
    public void onDeadline(long nowNs) {
        for (int row = 0; row < contacts.length; row++) {
            Contact contact = contact(row);
            if (contact == null || !contact.path.link.hasShownNewest(nowNs)) {
                continue;
            }
            if (!contact.toldNewest) {
                contact.toldNewest = true;
                tellSender(nowNs, contact);
            }
            believe(contact);
            int presentMs = (int) Math.min(0xFFFF, end.bufferMs());
            boolean isSized = end.sizesBuffer() && contact.senderMaxMs > 0;
            if (!end.sendsMedia() && isSized && presentMs != contact.toldMs) {
                contact.toldMs = presentMs;
                tell(nowNs, contact.path, 0, presentMs);
            }
        }
        dueNs = nowNs + LOOK_NS;
    }

    @Override
    public void onControl(long nowNs, Path path, ControlMessage message) {
        Contact contact = contact(path.row);
        if (contact != null && message instanceof BufferNegotiation told) {
            onNegotiation(nowNs, contact, told);
        }
    }

    private void onNegotiation(long nowNs, Contact contact, BufferNegotiation told) {
        Path path = contact.path;
        if (told.scope() != BufferNegotiation.EVERY_FLOW) {
            outbox.say(nowNs, path, told.refusal());
            return;
        }
        int receiverMs = told.receiverMs();
        contact.saidNs = nowNs;
        contact.senderMaxMs =
                Math.max(contact.senderMaxMs, told.senderMaxMs()); // it must not shrink
        believe(contact);
        boolean isNews =
                contact.senderMaxMs != contact.reportedSenderMs
                        || receiverMs != contact.reportedReceiverMs;
        if (isNews && nowNs - contact.reportedNs >= NEWS_EVERY_NS) {
            contact.reportedNs = nowNs;
            contact.reportedSenderMs = contact.senderMaxMs;
            contact.reportedReceiverMs = receiverMs;
            sink.event(new SessionEvent.BufferTold(path.row, contact.senderMaxMs, receiverMs));
        }
    }

    /** Only who brings the flow's packets knows how long they are kept. */
    private void believe(Contact contact) {
        if (contact.senderMaxMs > 0 && directory.isServing(contact.path)) {
            end.onSenderKeeps(contact.path, contact.senderMaxMs * SessionTime.MILLISECOND);
        }
    }
}
