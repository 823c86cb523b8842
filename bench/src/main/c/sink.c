/*
 * The output of a measurement: takes what arrives at 127.0.0.1:PORT and says what was lost, repeated, out of order and late.
 *
 *   sink --port P --count N [--from A --to B] [--tick-us T] [--limit S]
 *
 * Latency is kept for the packets numbered A..B-1. It is taken from the kernel's receive timestamps, so the sink can look
 * once per tick: it costs little, and what it does not do is wake up in the middle of the measured process's send call.
 * Ends on SIGTERM; prints one line of JSON.
 */
#include "common.h"

#define BATCH 32
#define BUCKET_NS 5000
#define BUCKETS 2000000 /* 10 s */

static uint8_t buffers[BATCH][DATAGRAM_MAX];
static uint8_t controls[BATCH][256];
static uint32_t histogram[BUCKETS];
static uint8_t *seen;

static int64_t count, from, to;
static int64_t received, unique, repeated, backwards, foreign, first = -1, last = -1, highest = -1, timed;
static int64_t least_ns = INT64_MAX, most_ns, first_any_ns, first_arrived_ns;

static void take(const uint8_t *payload, int length, int64_t arrived_ns) {
    struct mark mark;
    if (received++ == 0) {
        first_any_ns = arrived_ns;
    }
    memcpy(&mark, payload + MARK_AT, sizeof mark);
    if (length != PAYLOAD_BYTES || mark.magic != MARK || mark.number >= (uint64_t) count) {
        foreign++;
        return;
    }
    int64_t number = (int64_t) mark.number;
    if (seen[number]) {
        repeated++;
        return;
    }
    seen[number] = 1;
    unique++;
    if (number < highest) {
        backwards++;
    } else {
        highest = number;
    }
    if (first < 0) {
        first_arrived_ns = arrived_ns;
        first = number;
    }
    if (number < first) {
        first = number;
    }
    if (number > last) {
        last = number;
    }
    if (number >= from && number < to) {
        int64_t latency_ns = arrived_ns - mark.sent_ns;
        int64_t bucket = latency_ns < 0 ? 0 : latency_ns / BUCKET_NS;
        histogram[bucket < BUCKETS ? bucket : BUCKETS - 1]++;
        timed++;
        if (latency_ns < least_ns) {
            least_ns = latency_ns;
        }
        if (latency_ns > most_ns) {
            most_ns = latency_ns;
        }
    }
}

static double percentile_ms(double share) {
    int64_t wanted = (int64_t) (share * (double) timed);
    int64_t below = 0;
    for (int i = 0; i < BUCKETS; i++) {
        below += histogram[i];
        if (below > wanted) {
            return (i + 0.5) * BUCKET_NS / 1e6;
        }
    }
    return timed == 0 ? 0 : most_ns / 1e6;
}

int main(int argc, char **argv) {
    int port = (int) number_option(argc, argv, "--port", NULL);
    count = number_option(argc, argv, "--count", NULL);
    from = number_option(argc, argv, "--from", "0");
    to = number_option(argc, argv, "--to", option(argc, argv, "--count", NULL));
    int64_t tick_ns = number_option(argc, argv, "--tick-us", "1000") * NS_PER_US;
    int64_t limit_ns = number_option(argc, argv, "--limit", "120") * NS_PER_S;
    end_on_signal();
    seen = calloc((size_t) count, 1);
    if (seen == NULL) {
        fail("memory");
    }

    int fd = udp_socket(port, 0);
    large_buffers(fd);
    receive_bursts_with_time(fd);
    struct mmsghdr messages[BATCH];
    struct iovec parts[BATCH];
    for (int i = 0; i < BATCH; i++) {
        parts[i] = (struct iovec){.iov_base = buffers[i], .iov_len = DATAGRAM_MAX};
    }
    printf("{\"ready\":true}\n");
    fflush(stdout);
    int64_t begun_ns = now_ns();
    int64_t tick = begun_ns;
    while (tick - begun_ns < limit_ns) {
        int stopping = ended;
        int64_t offset_ns = wall_to_monotonic_ns();
        for (;;) {
            memset(messages, 0, sizeof messages);
            for (int i = 0; i < BATCH; i++) {
                messages[i].msg_hdr.msg_iov = &parts[i];
                messages[i].msg_hdr.msg_iovlen = 1;
                messages[i].msg_hdr.msg_control = controls[i];
                messages[i].msg_hdr.msg_controllen = sizeof controls[i];
            }
            int n = recvmmsg(fd, messages, BATCH, MSG_DONTWAIT, NULL);
            if (n <= 0) {
                break;
            }
            for (int i = 0; i < n; i++) {
                int length = (int) messages[i].msg_len;
                int segment_bytes = length;
                int64_t arrived_wall_ns = 0;
                read_control(&messages[i].msg_hdr, &segment_bytes, &arrived_wall_ns);
                for (int at = 0; at < length; at += segment_bytes) {
                    int rest = length - at;
                    take(buffers[i] + at, rest < segment_bytes ? rest : segment_bytes, arrived_wall_ns + offset_ns);
                }
            }
        }
        if (stopping) {
            break;
        }
        int64_t now = now_ns();
        tick += tick_ns;
        if (tick < now) {
            tick = now;
        }
        sleep_until(tick);
    }

    int64_t within = 0;
    for (int64_t i = first < 0 ? 0 : first; i <= last; i++) {
        within += !seen[i];
    }
    printf("{\"received\":%lld,\"unique\":%lld,\"lost\":%lld,\"lostBeforeFirst\":%lld,\"lostWithin\":%lld,"
           "\"lostAfterLast\":%lld,\"repeated\":%lld,\"backwards\":%lld,\"foreign\":%lld,\"kernelDrops\":%u,"
           "\"firstAnyNs\":%lld,\"firstArrivedNs\":%lld,\"timed\":%lld,",
           (long long) received, (long long) unique, (long long) (count - unique), (long long) (first < 0 ? count : first),
           (long long) within, (long long) (first < 0 ? 0 : count - 1 - last), (long long) repeated, (long long) backwards,
           (long long) foreign, kernel_drops(fd), (long long) first_any_ns, (long long) first_arrived_ns, (long long) timed);
    printf("\"latencyMs\":{\"min\":%.3f,\"p50\":%.3f,\"p90\":%.3f,\"p99\":%.3f,\"p99_9\":%.3f,\"max\":%.3f},\"gaps\":[",
           timed == 0 ? 0 : least_ns / 1e6, percentile_ms(0.5), percentile_ms(0.9), percentile_ms(0.99),
           percentile_ms(0.999), most_ns / 1e6);
    int shown = 0; /* the first gaps help to see when and how it lost */
    for (int64_t i = first < 0 ? 0 : first; i <= last && shown < 16; i++) {
        if (!seen[i]) {
            int64_t begin = i;
            while (i + 1 <= last && !seen[i + 1]) {
                i++;
            }
            printf("%s[%lld,%lld]", shown++ ? "," : "", (long long) begin, (long long) i);
        }
    }
    printf("]}\n");
    return 0;
}
