/*
 * The input of a measurement: transport-stream-like datagrams at an even rate to 127.0.0.1:PORT.
 *
 *   generate --port P --rate PACKETS_PER_S --count N [--tick-us T] [--limit S]
 *
 * With --tick-us 0 (the default) every datagram leaves at its own moment. Otherwise the datagrams of T microseconds leave
 * together, each still as a datagram of its own. Prints one line of JSON at the end.
 */
#include "common.h"

#define BATCH 64

static uint8_t payloads[BATCH][PAYLOAD_BYTES];

static void prepare(void) {
    for (int b = 0; b < BATCH; b++) {
        for (int i = 0; i < TS_PACKETS; i++) {
            uint8_t *ts = payloads[b] + i * TS_PACKET_BYTES;
            ts[0] = 0x47;
            ts[1] = 0x01;
            ts[2] = 0x00;
            for (int k = 4; k < TS_PACKET_BYTES; k++) {
                ts[k] = (uint8_t) (i + k);
            }
        }
    }
}

static void fill(int slot, int64_t number, int64_t sent_ns) {
    for (int i = 0; i < TS_PACKETS; i++) {
        payloads[slot][i * TS_PACKET_BYTES + 3] = (uint8_t) (0x10 | ((number * TS_PACKETS + i) & 15));
    }
    struct mark mark = {.magic = MARK, .number = (uint64_t) number, .sent_ns = sent_ns};
    memcpy(payloads[slot] + MARK_AT, &mark, sizeof mark);
}

int main(int argc, char **argv) {
    int port = (int) number_option(argc, argv, "--port", NULL);
    double rate = strtod(option(argc, argv, "--rate", NULL), NULL);
    int64_t count = number_option(argc, argv, "--count", NULL);
    int64_t tick_ns = number_option(argc, argv, "--tick-us", "0") * NS_PER_US;
    int64_t limit_ns = number_option(argc, argv, "--limit", "120") * NS_PER_S;
    end_on_signal();
    precise_timers();
    prepare();

    int fd = udp_socket(0, port);
    large_buffers(fd);
    struct mmsghdr messages[BATCH] = {0};
    struct iovec parts[BATCH];
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){.iov_base = payloads[i], .iov_len = PAYLOAD_BYTES};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }

    double period_ns = NS_PER_S / rate;
    int64_t start_ns = now_ns() + 20000000;
    int64_t next = 0, sent = 0, refused = 0, wakeups = 0, late_over_1ms = 0, latest_ns = 0;
    printf("{\"startNs\":%lld}\n", (long long) start_ns);
    fflush(stdout);
    while (next < count && !ended) {
        int64_t due_ns = start_ns + (int64_t) ((double) next * period_ns);
        if (tick_ns > 0) {
            due_ns = start_ns + (due_ns - start_ns + tick_ns - 1) / tick_ns * tick_ns;
        }
        if (due_ns > now_ns()) {
            sleep_until(due_ns);
            wakeups++;
        }
        int64_t now = now_ns();
        if (now - start_ns > limit_ns) {
            break;
        }
        if (now - due_ns > latest_ns) {
            latest_ns = now - due_ns;
        }
        if (now - due_ns > 1000000) {
            late_over_1ms++;
        }
        int64_t through = (int64_t) ((double) (now - start_ns) / period_ns) + 1;
        if (through > count) {
            through = count;
        }
        while (next < through) {
            int n = (int) (through - next < BATCH ? through - next : BATCH);
            int64_t stamp = now_ns();
            for (int i = 0; i < n; i++) {
                fill(i, next + i, stamp);
            }
            int done = 0;
            while (done < n) {
                int r = sendmmsg(fd, messages + done, (unsigned) (n - done), 0);
                if (r > 0) {
                    done += r;
                    sent += r;
                } else if (errno == ECONNREFUSED) {
                    refused++; /* reports an earlier datagram; this one has not been sent: try again */
                } else if (errno != EINTR) {
                    fail("send");
                } else if (ended) {
                    break;
                }
            }
            next += n;
        }
    }
    double seconds = (double) (now_ns() - start_ns) / NS_PER_S;
    printf("{\"sent\":%lld,\"wanted\":%lld,\"refused\":%lld,\"seconds\":%.3f,\"wakeups\":%lld,\"lateOver1Ms\":%lld,"
           "\"latestUs\":%.1f}\n",
           (long long) sent, (long long) count, (long long) refused, seconds, (long long) wakeups,
           (long long) late_over_1ms, (double) latest_ns / NS_PER_US);
    return 0;
}
