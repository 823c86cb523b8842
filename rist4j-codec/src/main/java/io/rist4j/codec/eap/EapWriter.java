package io.rist4j.codec.eap;

import java.nio.ByteBuffer;

/**
 * Writes EAPOL frames. Each method answers with the octets written; buffers are big-endian and have
 * room.
 */
public final class EapWriter {
    /** Octets of the longest frame: a challenge or key with 1 024 octets. */
    public static final int MAX_BYTES = 1_100;

    private static final int SUCCESS_TRAILER_BYTES = 2;

    private EapWriter() {}

    /** EAPOL-Start. */
    public static int start(ByteBuffer b, int at, int version) {
        eapol(b, at, version, EapolFrame.TYPE_START, 0);
        return EapolFrame.EAPOL_BYTES;
    }

    /** Asks who the peer is. */
    public static int identityRequest(ByteBuffer b, int at, int version, int identifier) {
        return method(
                b, at, version, EapolFrame.REQUEST, identifier, EapolFrame.METHOD_IDENTITY, 0);
    }

    /**
     * Tells who we are.
     *
     * @param user 1 to 255 octets
     */
    public static int identityResponse(
            ByteBuffer b, int at, int version, int identifier, byte[] user) {
        int bytes =
                method(
                        b,
                        at,
                        version,
                        EapolFrame.RESPONSE,
                        identifier,
                        EapolFrame.METHOD_IDENTITY,
                        user.length);
        b.put(at + bytes - user.length, user);
        return bytes;
    }

    /** A challenge in the default group, without a name. */
    public static int challenge(ByteBuffer b, int at, int version, int identifier, byte[] salt) {
        int body = 3 * Short.BYTES + salt.length;
        int bytes = srp(b, at, version, EapolFrame.REQUEST, identifier, 1, body);
        int bodyAt = at + bytes - body;
        b.putShort(bodyAt, (short) 0);
        b.putShort(bodyAt + 2, (short) salt.length);
        b.put(bodyAt + 4, salt);
        b.putShort(bodyAt + 4 + salt.length, (short) 0);
        return bytes;
    }

    /** A. */
    public static int clientKey(ByteBuffer b, int at, int version, int identifier, byte[] key) {
        return srpWith(b, at, version, EapolFrame.RESPONSE, identifier, 1, key);
    }

    /** B. */
    public static int serverKey(ByteBuffer b, int at, int version, int identifier, byte[] key) {
        return srpWith(b, at, version, EapolFrame.REQUEST, identifier, 2, key);
    }

    /**
     * M1.
     *
     * @param keysBothWays T: this end encrypts what it sends, if the listener does so too
     */
    public static int clientValidator(
            ByteBuffer b,
            int at,
            int version,
            int identifier,
            boolean usesSessionKey,
            boolean keysBothWays,
            byte[] proof) {
        int bytes = srp(b, at, version, EapolFrame.RESPONSE, identifier, 2, Validator.BYTES);
        Validator.write(b, at + bytes - Validator.BYTES, usesSessionKey, keysBothWays, proof);
        return bytes;
    }

    /** M2. */
    public static int serverValidator(
            ByteBuffer b,
            int at,
            int version,
            int identifier,
            boolean usesSessionKey,
            byte[] proof) {
        int bytes = srp(b, at, version, EapolFrame.REQUEST, identifier, 3, Validator.BYTES);
        Validator.write(b, at + bytes - Validator.BYTES, usesSessionKey, false, proof);
        return bytes;
    }

    /** What takes the place of Success in EAPOL version 2. */
    public static int acknowledgement(ByteBuffer b, int at, int version, int identifier) {
        return srp(b, at, version, EapolFrame.RESPONSE, identifier, 3, 0);
    }

    /**
     * Success.
     *
     * @param isTrailed with the two zero octets that libRIST appends and the specification lacks
     */
    public static int success(
            ByteBuffer b, int at, int version, int identifier, boolean isTrailed) {
        int trailer = isTrailed ? SUCCESS_TRAILER_BYTES : 0;
        int bytes = eap(b, at, version, EapolFrame.SUCCESS, identifier, trailer);
        if (isTrailed) {
            b.putShort(at + bytes - trailer, (short) 0);
        }
        return bytes;
    }

    /** Failure. */
    public static int failure(ByteBuffer b, int at, int version, int identifier) {
        return eap(b, at, version, EapolFrame.FAILURE, identifier, 0);
    }

    /** We want SRP. */
    public static int nak(ByteBuffer b, int at, int version, int identifier) {
        int bytes =
                method(b, at, version, EapolFrame.RESPONSE, identifier, EapolFrame.METHOD_NAK, 1);
        b.put(at + bytes - 1, (byte) EapolFrame.METHOD_SRP);
        return bytes;
    }

    /** Asks for a passphrase. */
    public static int passphraseRequest(ByteBuffer b, int at, int version, int identifier) {
        return srp(
                b, at, version, EapolFrame.REQUEST, identifier, EapolFrame.SUBTYPE_PASSPHRASE, 0);
    }

    /**
     * A passphrase, asked for or pushed.
     *
     * @param body flags and what they call for
     */
    public static int passphraseResponse(
            ByteBuffer b, int at, int version, int identifier, byte[] body) {
        return srpWith(
                b,
                at,
                version,
                EapolFrame.RESPONSE,
                identifier,
                EapolFrame.SUBTYPE_PASSPHRASE,
                body);
    }

    private static void eapol(ByteBuffer b, int at, int version, int type, int rest) {
        b.put(at, (byte) version);
        b.put(at + 1, (byte) type);
        b.putShort(at + 2, (short) rest);
    }

    private static int eap(ByteBuffer b, int at, int version, int code, int identifier, int data) {
        int bytes = EapolFrame.EAP_BYTES + data;
        eapol(b, at, version, EapolFrame.TYPE_EAP, bytes);
        b.put(at + 4, (byte) code);
        b.put(at + 5, (byte) identifier);
        b.putShort(at + 6, (short) bytes);
        return EapolFrame.EAPOL_BYTES + bytes;
    }

    private static int method(
            ByteBuffer b, int at, int version, int code, int identifier, int method, int data) {
        int bytes = eap(b, at, version, code, identifier, 1 + data);
        b.put(at + 8, (byte) method);
        return bytes;
    }

    private static int srp(
            ByteBuffer b, int at, int version, int code, int identifier, int subtype, int body) {
        int bytes = method(b, at, version, code, identifier, EapolFrame.METHOD_SRP, 1 + body);
        b.put(at + 9, (byte) subtype);
        return bytes;
    }

    private static int srpWith(
            ByteBuffer b, int at, int version, int code, int identifier, int subtype, byte[] body) {
        int bytes = srp(b, at, version, code, identifier, subtype, body.length);
        b.put(at + bytes - body.length, body);
        return bytes;
    }
}
