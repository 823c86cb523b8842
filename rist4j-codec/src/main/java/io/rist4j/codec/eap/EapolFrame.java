package io.rist4j.codec.eap;

import io.rist4j.core.message.Verdict;

import java.nio.ByteBuffer;

/**
 * One EAPOL frame as read; reused for the next one.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * +---------------+---------------+-------------------------------+
 * | version 2..4  |  EAPOL type   |        length of the rest     |  0 EAP, 1 Start, 2 Logoff
 * +---------------+---------------+-------------------------------+
 * |     code      |  identifier   |   length from code to end     |  1 request, 2 response,
 * +---------------+---------------+-------------------------------+  3 success, 4 failure
 * |     type      |    subtype    |   body ...                       requests and responses only;
 * +---------------+---------------+-----                             subtype with type 19 only
 * </pre>
 *
 * <p>Spec: version 3, and no octets after those of a Start. libRIST: 0.2.7 writes version 2, 0.2.12
 * announces four octets in a Start that it does not send. Ours: no Start is refused for its length.
 */
public final class EapolFrame {
    /** Octets before the body of an SRP message. */
    public static final int SRP_HEADER_BYTES = 10;

    static final int EAPOL_BYTES = 4;
    static final int EAP_BYTES = 4;

    static final int TYPE_EAP = 0;
    static final int TYPE_START = 1;
    static final int TYPE_LOGOFF = 2;

    static final int REQUEST = 1;
    static final int RESPONSE = 2;
    static final int SUCCESS = 3;
    static final int FAILURE = 4;

    static final int METHOD_IDENTITY = 1;
    static final int METHOD_NAK = 3;
    static final int METHOD_SRP = 19;

    static final int SUBTYPE_PASSPHRASE = 0x10;

    private static final int MIN_VERSION = 2;
    private static final int MAX_VERSION = 4;

    /** What it is. */
    public EapMessage message = EapMessage.LOGOFF;

    /** EAPOL version, 2 to 4. */
    public int version;

    /** EAP identifier; 0 for Start and Logoff. */
    public int identifier;

    /** The length field of EAPOL as it stands there. */
    public int declaredBytes;

    /** Where the body begins. */
    public int bodyAt;

    /** Octets of the body. */
    public int bodyBytes;

    /** Holds nothing. */
    public EapolFrame() {}

    /**
     * Reads one frame.
     *
     * @param bytes to the end of the datagram
     * @return {@link Verdict#OK}, or why the frame was refused; then this holds nothing of use
     */
    public Verdict read(ByteBuffer b, int at, int bytes) {
        if (bytes < EAPOL_BYTES) {
            return Verdict.TRUNCATED;
        }
        version = b.get(at) & 0xFF;
        if (version < MIN_VERSION || version > MAX_VERSION) {
            return Verdict.BAD_VERSION;
        }
        declaredBytes = b.getShort(at + 2) & 0xFFFF;
        identifier = 0;
        bodyAt = at + EAPOL_BYTES;
        bodyBytes = 0;
        return switch (b.get(at + 1)) {
            case TYPE_START -> accept(EapMessage.START);
            case TYPE_LOGOFF -> accept(EapMessage.LOGOFF);
            case TYPE_EAP -> readEap(b, at + EAPOL_BYTES, bytes - EAPOL_BYTES);
            default -> Verdict.UNKNOWN;
        };
    }

    private Verdict accept(EapMessage what) {
        message = what;
        return Verdict.OK;
    }

    private Verdict readEap(ByteBuffer b, int at, int available) {
        if (declaredBytes > available || available < EAP_BYTES) {
            return Verdict.TRUNCATED;
        }
        int bytes = b.getShort(at + 2) & 0xFFFF;
        if (bytes != declaredBytes || bytes < EAP_BYTES) {
            return Verdict.BAD_LENGTH;
        }
        identifier = b.get(at + 1) & 0xFF;
        bodyAt = at + EAP_BYTES;
        bodyBytes = bytes - EAP_BYTES;
        return switch (b.get(at)) {
            case REQUEST -> readMethod(b, true);
            case RESPONSE -> readMethod(b, false);
            case SUCCESS -> accept(EapMessage.SUCCESS);
            case FAILURE -> accept(EapMessage.FAILURE);
            default -> Verdict.UNKNOWN;
        };
    }

    private Verdict readMethod(ByteBuffer b, boolean isRequest) {
        if (bodyBytes < 1) {
            return Verdict.TRUNCATED;
        }
        int method = b.get(bodyAt) & 0xFF;
        bodyAt++;
        bodyBytes--;
        return switch (method) {
            case METHOD_IDENTITY -> readIdentity(isRequest);
            case METHOD_SRP -> readSrp(b, isRequest);
            case METHOD_NAK ->
                    isRequest ? accept(EapMessage.OTHER_REQUEST) : accept(EapMessage.NAK);
            default -> acceptOther(isRequest);
        };
    }

    private Verdict readIdentity(boolean isRequest) {
        if (isRequest) {
            return accept(EapMessage.IDENTITY_REQUEST);
        }
        boolean isName = bodyBytes >= 1 && bodyBytes <= 255;
        return isName ? accept(EapMessage.IDENTITY_RESPONSE) : Verdict.BAD_LENGTH;
    }

    private Verdict readSrp(ByteBuffer b, boolean isRequest) {
        if (bodyBytes < 1) {
            return Verdict.TRUNCATED;
        }
        int subtype = b.get(bodyAt) & 0xFF;
        bodyAt++;
        bodyBytes--;
        return switch (subtype) {
            case 1 -> isRequest ? accept(EapMessage.CHALLENGE) : readKey(EapMessage.CLIENT_KEY);
            case 2 ->
                    isRequest
                            ? readKey(EapMessage.SERVER_KEY)
                            : readValidator(EapMessage.CLIENT_VALIDATOR);
            case 3 ->
                    isRequest
                            ? readValidator(EapMessage.SERVER_VALIDATOR)
                            : accept(EapMessage.ACKNOWLEDGEMENT);
            case SUBTYPE_PASSPHRASE ->
                    isRequest ? accept(EapMessage.PASSPHRASE_REQUEST) : readPassphrase();
            default -> acceptOther(isRequest);
        };
    }

    private Verdict acceptOther(boolean isRequest) {
        return accept(isRequest ? EapMessage.OTHER_REQUEST : EapMessage.OTHER_RESPONSE);
    }

    private Verdict readKey(EapMessage what) {
        return bodyBytes > 0 ? accept(what) : Verdict.BAD_LENGTH;
    }

    private Verdict readValidator(EapMessage what) {
        return bodyBytes == Validator.BYTES ? accept(what) : Verdict.BAD_LENGTH;
    }

    private Verdict readPassphrase() {
        return bodyBytes > 0 ? accept(EapMessage.PASSPHRASE_RESPONSE) : Verdict.BAD_LENGTH;
    }

    /** A copy of the body. */
    public byte[] body(ByteBuffer b) {
        byte[] octets = new byte[bodyBytes];
        b.get(bodyAt, octets);
        return octets;
    }

    /**
     * Whether a datagram is an EAPOL frame without GRE before it, as libRIST repeats its requests.
     * No GRE header of ours begins like that. To be believed only of a known peer.
     */
    public static boolean isBare(ByteBuffer b, int at, int bytes) {
        if (bytes < EAPOL_BYTES) {
            return false;
        }
        int version = b.get(at) & 0xFF;
        int type = b.get(at + 1) & 0xFF;
        int rest = b.getShort(at + 2) & 0xFFFF;
        return version >= MIN_VERSION
                && version <= MAX_VERSION
                && type <= TYPE_LOGOFF
                && (type != TYPE_EAP || rest == bytes - EAPOL_BYTES);
    }
}
