package io.rist4j.crypto.srp;

import io.rist4j.crypto.host.RandomOctets;
import io.rist4j.crypto.host.Utf8;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The verifiers of many users, in the format of {@code ristsrppasswd}: a record in each line.
 *
 * <pre>
 *   user : base64(verifier) : base64(salt) : 3 : hash        hash 1 is SHA-256, 0 or absent legacy
 * </pre>
 *
 * <p>libRIST: 0.2.7 writes four fields and legacy verifiers, without the padding of base64; 0.2.12
 * two lines for a user, the legacy one first, and reads nothing else. Ours: reads all of these, in
 * any order, with comments ({@code #}) and empty lines, and writes the lines of 0.2.12.
 *
 * <p>One comment has a meaning: {@link #withDecoys} puts a secret there that {@link Decoys} are
 * drawn from, in the shape of a record, so that readers which know no comments see a user who has
 * no password. A verifier cannot serve for that: whoever sees decoys could test passwords on it.
 *
 * <p>Immutable. Holds what can be read; other lines are listed by number.
 */
public final class VerifierFile {
    /** Longest user name, octets. */
    public static final int MAX_USER_BYTES = 255;

    /** A line longer than this is none of ours: 255 + base64 of 256 and 64 octets + 10. */
    private static final int MAX_LINE_BYTES = 1_024;

    private static final String GROUP = "3";

    /** The octets of the name stand as the characters of Latin-1, whatever they encode. */
    private record Entry(String user, SrpVerifier verifier) {}

    private static final String DECOYS = "#decoys";
    private static final int DECOY_BYTES = 32;

    private final int size;
    private final Map<String, SrpVerifier> modern;
    private final Map<String, SrpVerifier> legacy;
    private final List<Integer> badLines;
    private final byte @Nullable [] decoySecret;

    private VerifierFile(
            List<Entry> entries, List<Integer> badLines, byte @Nullable [] decoySecret) {
        size = entries.size();
        modern = new HashMap<>();
        legacy = new HashMap<>();
        for (Entry entry : entries) {
            SrpVerifier verifier = entry.verifier();
            (verifier.isLegacy() ? legacy : modern).putIfAbsent(entry.user(), verifier);
        }
        this.badLines = Collections.unmodifiableList(badLines);
        this.decoySecret = decoySecret;
    }

    /**
     * Reads a file's content.
     *
     * @param content ends of lines as on any system; never throws for what it holds
     */
    public static VerifierFile read(byte[] content) {
        List<Entry> entries = new ArrayList<>();
        List<Integer> badLines = new ArrayList<>();
        byte[] decoySecret = null;
        int number = 0;
        for (int at = markBytes(content); at < content.length; ) {
            int end = at;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            int bytes = end > at && content[end - 1] == '\r' ? end - at - 1 : end - at;
            if (bytes > 0 && content[at] != '#') {
                Entry entry = entry(content, at, bytes);
                if (entry == null) {
                    badLines.add(number);
                } else {
                    entries.add(entry);
                }
            } else if (bytes > 0 && decoySecret == null) {
                decoySecret = decoySecret(content, at, bytes);
            }
            at = end + 1;
        }
        return new VerifierFile(entries, badLines, decoySecret);
    }

    /** The secret in a comment, or null where it holds none. */
    private static byte @Nullable [] decoySecret(byte[] content, int at, int bytes) {
        String line = new String(content, at, bytes, StandardCharsets.ISO_8859_1);
        if (!line.startsWith(DECOYS + ":")) {
            return null;
        }
        Entry drawn = entry(content, at, bytes);
        if (drawn == null) {
            return null;
        }
        byte[] secret = drawn.verifier().verifier();
        return secret.length < DECOY_BYTES ? null : secret;
    }

    /** Length of the byte order mark that some editors put in front of UTF-8. */
    private static int markBytes(byte[] content) {
        boolean isMarked =
                content.length >= 3
                        && content[0] == (byte) 0xEF
                        && content[1] == (byte) 0xBB
                        && content[2] == (byte) 0xBF;
        return isMarked ? 3 : 0;
    }

    private static @Nullable Entry entry(byte[] content, int at, int bytes) {
        if (bytes > MAX_LINE_BYTES) {
            return null;
        }
        String line = new String(content, at, bytes, StandardCharsets.ISO_8859_1);
        String[] fields = line.split(":", -1);
        if (fields.length < 3 || fields.length > 5) {
            return null;
        }
        String user = fields[0];
        String hash = fields.length == 5 ? fields[4] : "0";
        boolean isKnownHash = hash.equals("0") || hash.equals("1");
        if (user.isEmpty() || user.length() > MAX_USER_BYTES || !isKnownHash) {
            return null;
        }
        try {
            // the decoder takes base64 with and without its padding
            byte[] verifier = Base64.getDecoder().decode(fields[1]);
            byte[] salt = Base64.getDecoder().decode(fields[2]);
            return new Entry(user, new SrpVerifier(hash.equals("0"), salt, verifier));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /**
     * The verifier of a user.
     *
     * @param user octets of the name
     * @param isLegacy which of the two kinds
     */
    public @Nullable SrpVerifier find(byte[] user, boolean isLegacy) {
        String name = new String(user, StandardCharsets.ISO_8859_1);
        return (isLegacy ? legacy : modern).get(name);
    }

    /**
     * What users who are not there are challenged with.
     *
     * @param spare the secret to draw them from where the file holds none
     */
    public Decoys decoys(byte[] spare) {
        return new Decoys(
                decoySecret == null ? spare : decoySecret, saltBytes(modern), saltBytes(legacy));
    }

    private static int[] saltBytes(Map<String, SrpVerifier> verifiers) {
        return verifiers.values().stream().mapToInt(SrpVerifier::saltBytes).toArray();
    }

    /** How many records were read. */
    public int size() {
        return size;
    }

    /** Numbers, from 1, of lines that could not be read. */
    public List<Integer> badLines() {
        return badLines;
    }

    /**
     * Users by their passwords, for a listener that is configured with these: two exponentiations
     * for each user, now.
     *
     * @param passwords each 1 or more characters; stay the caller's, to be overwritten
     */
    public static VerifierFile ofPasswords(Map<String, char[]> passwords, RandomOctets random) {
        List<Entry> entries = new ArrayList<>();
        passwords.forEach((user, password) -> {
            byte[] name = user.getBytes(StandardCharsets.UTF_8);
            byte[] octets = Utf8.encode(password);
            String key = new String(name, StandardCharsets.ISO_8859_1);
            entries.add(new Entry(key, SrpVerifier.create(true, name, octets, random)));
            entries.add(new Entry(key, SrpVerifier.create(false, name, octets, random)));
            Arrays.fill(octets, (byte) 0);
        });
        return new VerifierFile(entries, List.of(), null);
    }

    /**
     * The records of a new password as lines: what {@code ristsrppasswd} prints. The legacy one
     * comes first, for libRIST looks no further than the line after the first that it finds.
     *
     * @param password stays the caller's, to be overwritten
     * @throws IllegalArgumentException for user names that {@link #line} refuses
     */
    public static String lines(String user, char[] password, RandomOctets random) {
        byte[] name = user.getBytes(StandardCharsets.UTF_8);
        checkUser(name);
        byte[] octets = Utf8.encode(password);
        try {
            return line(name, SrpVerifier.create(true, name, octets, random))
                    + line(name, SrpVerifier.create(false, name, octets, random));
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /**
     * A record as a line, with its end.
     *
     * @param user 1 to 255 octets, without colon and line end, not beginning with {@code #}
     * @throws IllegalArgumentException for other user names
     */
    public static String line(byte[] user, SrpVerifier verifier) {
        checkUser(user);
        var base64 = Base64.getEncoder();
        return String.join(
                        ":",
                        new String(user, StandardCharsets.UTF_8),
                        base64.encodeToString(verifier.verifier()),
                        base64.encodeToString(verifier.salt()),
                        GROUP,
                        verifier.isLegacy() ? "0" : "1")
                + "\n";
    }

    /**
     * Refuses user names that no reader would find.
     *
     * @throws IllegalArgumentException for user names that {@link #line} refuses
     */
    public static void checkUser(byte[] user) {
        String name = new String(user, StandardCharsets.UTF_8);
        boolean isWritable =
                user.length >= 1
                        && user.length <= MAX_USER_BYTES
                        && user[0] != '#'
                        && name.chars().noneMatch(c -> c == ':' || c < ' ')
                        && Arrays.equals(name.getBytes(StandardCharsets.UTF_8), user);
        if (!isWritable) {
            throw new IllegalArgumentException(
                    "user name of "
                            + user.length
                            + " octets is not 1..255 octets of UTF-8 without colon and control"
                            + " characters, beginning with another character than #");
        }
    }

    /**
     * A file's content with other records of one user. Everything else stays as it is, comments and
     * lines that cannot be read included.
     *
     * @param content of the file, empty for a new one
     * @param user whose records go, wherever they stand
     * @param lines put where the first of them stood, or else at the end; empty removes the user
     */
    public static byte[] withUser(byte[] content, byte[] user, String lines) {
        byte[] added = lines.getBytes(StandardCharsets.UTF_8);
        ByteBuffer result = ByteBuffer.allocate(content.length + added.length + 1);
        boolean isPlaced = false;
        for (int at = 0; at < content.length; ) {
            int end = at;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            if (!isOf(user, content, at, end)) {
                result.put(content, at, end - at);
                result.put((byte) '\n');
            } else if (!isPlaced) {
                result.put(added);
                isPlaced = true;
            }
            at = end + 1;
        }
        if (!isPlaced) {
            result.put(added);
        }
        return Arrays.copyOf(result.array(), result.position());
    }

    /**
     * A file's content with a secret that decoys are drawn from, at the end, unless there is one:
     * unknown users get the same challenge then after a restart, and from each host that reads the
     * file.
     *
     * @param content of the file, empty for a new one
     */
    public static byte[] withDecoys(byte[] content, RandomOctets random) {
        if (read(content).decoySecret != null) {
            return content;
        }
        byte[] secret = new byte[DECOY_BYTES];
        byte[] salt = new byte[SrpVerifier.SALT_BYTES];
        random.fill(secret);
        random.fill(salt);
        secret[0] |= 1; // lengths are to be the same for every reader
        salt[0] |= 1;
        var base64 = Base64.getEncoder();
        String line =
                String.join(
                                ":",
                                DECOYS,
                                base64.encodeToString(secret),
                                base64.encodeToString(salt),
                                GROUP,
                                "1")
                        + "\n";
        boolean isOpenEnded = content.length > 0 && content[content.length - 1] != '\n';
        byte[] added = (isOpenEnded ? "\n" + line : line).getBytes(StandardCharsets.UTF_8);
        byte[] result = Arrays.copyOf(content, content.length + added.length);
        System.arraycopy(added, 0, result, content.length, added.length);
        return result;
    }

    private static boolean isOf(byte[] user, byte[] content, int at, int end) {
        int colon = at + user.length;
        return colon < end
                && content[colon] == ':'
                && Arrays.equals(content, at, colon, user, 0, user.length);
    }
}
