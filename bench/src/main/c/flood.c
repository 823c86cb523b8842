/*
 * A stranger: random datagrams to 127.0.0.1:PORT and PORT+1, at an even rate.
 *
 *   flood --port P --rate DATAGRAMS_PER_S --limit S [--seed S]
 *
 * Lengths are 1..1472 bytes. A third is noise all through, a third begins as RTP and a third as RTCP, so that they come past
 * the first look. Prints one line of JSON at the end.
 */
#include "common.h"

#define BATCH 32
#define TICK_NS 500000
#define LENGTH_MAX 1472

static uint8_t payloads[BATCH][LENGTH_MAX + 8];

static uint64_t state;

static uint64_t draw(void) { /* splitmix64 */
    uint64_t z = (state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static size_t fill(uint8_t *payload) {
    size_t length = 1 + draw() % LENGTH_MAX;
    for (size_t i = 0; i < 64 && i < length; i += 8) { /* what lies behind the headers need not be new each time */
        uint64_t noise = draw();
        memcpy(payload + i, &noise, sizeof noise);
    }
    switch (draw() % 3) {
        case 0:
            payload[0] = 0x80;
            payload[1] = 33;
            break;
        case 1:
            payload[0] = (uint8_t) (0x80 | (draw() & 0x1f));
            payload[1] = (uint8_t) (200 + draw() % 6);
            payload[2] = 0;
            payload[3] = (uint8_t) (draw() % 16);
            break;
        default:
            break;
    }
    return length;
}

int main(int argc, char **argv) {
    int port = (int) number_option(argc, argv, "--port", NULL);
    int64_t rate = number_option(argc, argv, "--rate", NULL);
    int64_t limit_ns = number_option(argc, argv, "--limit", NULL) * NS_PER_S;
    state = (uint64_t) number_option(argc, argv, "--seed", "1");
    end_on_signal();
    precise_timers();
    int fds[2] = {udp_socket(0, port), udp_socket(0, port + 1)};
    struct mmsghdr messages[BATCH] = {0};
    struct iovec parts[BATCH];
    int64_t begun_ns = now_ns(), sent = 0, failed = 0;
    for (int64_t tick = begun_ns; tick - begun_ns < limit_ns && !ended; tick += TICK_NS) {
        sleep_until(tick);
        int64_t wanted = (int64_t) ((double) (now_ns() - begun_ns) * (double) rate / NS_PER_S);
        while (sent + failed < wanted) {
            int n = (int) (wanted - sent - failed < BATCH ? wanted - sent - failed : BATCH);
            for (int i = 0; i < n; i++) {
                parts[i] = (struct iovec){.iov_base = payloads[i], .iov_len = fill(payloads[i])};
                messages[i].msg_hdr.msg_iov = &parts[i];
                messages[i].msg_hdr.msg_iovlen = 1;
            }
            int r = sendmmsg(fds[draw() % 2], messages, (unsigned) n, 0);
            sent += r > 0 ? r : 0;
            failed += r > 0 ? 0 : 1;
        }
    }
    printf("{\"sent\":%lld,\"failed\":%lld}\n", (long long) sent, (long long) failed);
    return 0;
}
