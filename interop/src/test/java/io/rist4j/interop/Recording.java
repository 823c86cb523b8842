package io.rist4j.interop;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What a receiving end put out. Bytes come from one thread, any thread may wait and judge. */
final class Recording {
    private final NumberedStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private byte[] bytes = new byte[1 << 20];
    private int length;
    private int scanned;
    private int firstNumber = -1;
    private int lastNumber = -1;

    Recording(NumberedStream stream) {
        this.stream = stream;
    }

    void add(byte[] source, int at, int count) {
        lock.lock();
        try {
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(2 * length, length + count));
            }
            System.arraycopy(source, at, bytes, length, count);
            length += count;
            scan();
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Peers may cut packets in two, and lose one part. */
    private void scan() {
        while (length - scanned >= NumberedStream.PACKET_BYTES) {
            int number = stream.numberAt(bytes, scanned, length);
            if (number < 0) {
                scanned++;
                continue;
            }
            if (firstNumber < 0) {
                firstNumber = number;
            }
            lastNumber = Math.max(lastNumber, number);
            scanned += NumberedStream.PACKET_BYTES;
        }
    }

    /** The largest number seen so far, -1 before the first packet. */
    int lastNumber() {
        lock.lock();
        try {
            return lastNumber;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a packet with at least this number came. */
    boolean await(int number, Duration atMost) throws InterruptedException {
        long leftNs = atMost.toNanos();
        lock.lock();
        try {
            while (lastNumber < number) {
                if (leftNs <= 0) {
                    return false;
                }
                leftNs = grown.awaitNanos(leftNs);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Compares with what was sent, from the first packet that came.
     *
     * @param endNumber the first number that does not count any more
     */
    Delivery judge(int endNumber) {
        lock.lock();
        try {
            int from = Math.max(0, firstNumber);
            MessageDigest sent = sha256();
            for (int number = from; number < endNumber; number++) {
                sent.update(stream.packet(number));
            }
            MessageDigest delivered = sha256();
            var seen = new BitSet();
            int repeated = 0;
            int disordered = 0;
            int strayBytes = 0;
            int highest = -1;
            int at = 0;
            while (length - at >= NumberedStream.PACKET_BYTES) {
                int number = stream.numberAt(bytes, at, length);
                if (number >= endNumber) {
                    break;
                }
                if (number < 0) {
                    delivered.update(bytes[at++]);
                    strayBytes++;
                    continue;
                }
                delivered.update(bytes, at, NumberedStream.PACKET_BYTES);
                at += NumberedStream.PACKET_BYTES;
                if (seen.get(number)) {
                    repeated++;
                } else if (number < highest) {
                    disordered++;
                }
                seen.set(number);
                highest = Math.max(highest, number);
            }
            int count = seen.cardinality();
            int lost = Math.max(0, endNumber - from) - count;
            return new Delivery(
                    firstNumber,
                    count,
                    lost,
                    lost == 0 ? "" : lostRange(seen, from, endNumber),
                    repeated,
                    disordered,
                    strayBytes,
                    HexFormat.of().formatHex(sent.digest()),
                    HexFormat.of().formatHex(delivered.digest()));
        } finally {
            lock.unlock();
        }
    }

    private static String lostRange(BitSet seen, int from, int end) {
        return seen.nextClearBit(from) + ".." + seen.previousClearBit(end - 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }

    /** For the messages of deadlines. */
    static String seconds(Duration time) {
        return TimeUnit.NANOSECONDS.toMillis(time.toNanos()) / 1e3 + " s";
    }
}
