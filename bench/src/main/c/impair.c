/*
 * The network of a measurement: the port pairs A, A+1 (media, control) before B, B+1, both directions, with a fixed delay and
 * seeded random loss of single datagrams.
 *
 *   impair --listen A --to B [--delay-us D] [--loss PERCENT] [--seed S] [--tick-us T] [--limit S]
 *
 * Packets that arrive as one burst (UDP_SEGMENT at the sender) leave as one burst, without those that were lost. Time of
 * arrival is the kernel's; a packet leaves within half a tick of its due moment. Ends on SIGTERM; prints one line of JSON.
 */
#include "common.h"

#define BATCH 32
#define LANES 4
#define ENTRIES (1 << 16)
#define BYTES_PER_LANE (96u << 20)
#define SEGMENTS_MAX 64

struct entry {
    int64_t due_ns;
    uint32_t at; /* in the lane's bytes */
    uint32_t length;
    uint32_t segment_bytes;
};

/* One direction of one port. A fixed delay keeps the order, so a ring is the whole delay queue. */
struct lane {
    int in, out;
    struct sockaddr_in *peer_of_in; /* learned from what comes in, or NULL */
    struct sockaddr_in *to;         /* where it goes, or NULL when the socket is connected */
    uint64_t random;
    uint8_t *bytes;
    uint32_t bytes_at;
    struct entry *entries;
    uint64_t head, tail;
    int64_t arrived, dropped, sent, overflow, failed;
};

static uint8_t buffers[BATCH][DATAGRAM_MAX];
static uint8_t controls[BATCH][256];
static struct sockaddr_in sources[BATCH];
static struct mmsghdr messages[BATCH];
static struct iovec parts[BATCH];
static uint64_t loss_below; /* of 2^32 */
static int64_t delay_ns, tick_ns;

static uint64_t draw(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* Appends a burst, less its lost datagrams, to the queue. */
static void enqueue(struct lane *lane, const uint8_t *data, int length, int segment_bytes, int64_t due_ns) {
    if (lane->bytes_at + DATAGRAM_MAX > BYTES_PER_LANE) {
        lane->bytes_at = 0;
    }
    uint32_t kept = 0;
    for (int at = 0; at < length; at += segment_bytes) {
        int size = length - at < segment_bytes ? length - at : segment_bytes;
        lane->arrived++;
        if ((draw(&lane->random) >> 32) < loss_below) {
            lane->dropped++;
            continue;
        }
        memcpy(lane->bytes + lane->bytes_at + kept, data + at, (size_t) size);
        kept += (uint32_t) size;
    }
    if (kept == 0) {
        return;
    }
    int64_t segments = (kept + segment_bytes - 1) / segment_bytes;
    struct entry *oldest = &lane->entries[lane->tail % ENTRIES];
    int64_t free_bytes = lane->head == lane->tail
            ? BYTES_PER_LANE
            : ((int64_t) oldest->at - lane->bytes_at + BYTES_PER_LANE) % BYTES_PER_LANE;
    if (lane->head - lane->tail == ENTRIES || free_bytes < 2 * DATAGRAM_MAX) {
        lane->overflow += segments;
        return;
    }
    lane->entries[lane->head++ % ENTRIES] = (struct entry){
            .due_ns = due_ns, .at = lane->bytes_at, .length = kept, .segment_bytes = (uint32_t) segment_bytes};
    lane->bytes_at += kept;
}

static void receive(struct lane *lane) {
    int64_t offset_ns = wall_to_monotonic_ns();
    for (;;) {
        memset(messages, 0, sizeof messages);
        for (int i = 0; i < BATCH; i++) {
            parts[i] = (struct iovec){.iov_base = buffers[i], .iov_len = DATAGRAM_MAX};
            messages[i].msg_hdr = (struct msghdr){.msg_name = &sources[i],
                    .msg_namelen = sizeof sources[i],
                    .msg_iov = &parts[i],
                    .msg_iovlen = 1,
                    .msg_control = controls[i],
                    .msg_controllen = sizeof controls[i]};
        }
        int n = recvmmsg(lane->in, messages, BATCH, MSG_DONTWAIT, NULL);
        if (n <= 0) {
            return;
        }
        for (int i = 0; i < n; i++) {
            int length = (int) messages[i].msg_len;
            int segment_bytes = length;
            int64_t arrived_wall_ns = 0;
            read_control(&messages[i].msg_hdr, &segment_bytes, &arrived_wall_ns);
            if (lane->peer_of_in != NULL) {
                *lane->peer_of_in = sources[i];
            }
            enqueue(lane, buffers[i], length, segment_bytes, arrived_wall_ns + offset_ns + delay_ns);
        }
        if (n < BATCH) {
            return;
        }
    }
}

static void transmit(struct lane *lane, int64_t until_ns) {
    while (lane->tail < lane->head && lane->entries[lane->tail % ENTRIES].due_ns <= until_ns) {
        int n = 0;
        memset(messages, 0, sizeof messages);
        while (n < BATCH && lane->tail + n < lane->head) {
            struct entry *e = &lane->entries[(lane->tail + n) % ENTRIES];
            if (e->due_ns > until_ns) {
                break;
            }
            parts[n] = (struct iovec){.iov_base = lane->bytes + e->at, .iov_len = e->length};
            struct msghdr *m = &messages[n].msg_hdr;
            m->msg_iov = &parts[n];
            m->msg_iovlen = 1;
            if (lane->to != NULL) {
                m->msg_name = lane->to;
                m->msg_namelen = sizeof *lane->to;
            }
            if (e->length > e->segment_bytes) {
                m->msg_control = controls[n];
                m->msg_controllen = CMSG_SPACE(sizeof(uint16_t));
                struct cmsghdr *c = CMSG_FIRSTHDR(m);
                c->cmsg_level = SOL_UDP;
                c->cmsg_type = UDP_SEGMENT;
                c->cmsg_len = CMSG_LEN(sizeof(uint16_t));
                uint16_t size = (uint16_t) e->segment_bytes;
                memcpy(CMSG_DATA(c), &size, sizeof size);
            }
            n++;
        }
        int known = lane->to == NULL || lane->to->sin_port != 0;
        int done = 0;
        while (done < n) {
            int r = known ? sendmmsg(lane->out, messages + done, (unsigned) (n - done), 0) : -1;
            int covered = r > 0 ? r : 1;
            for (int i = 0; i < covered; i++) {
                struct entry *e = &lane->entries[(lane->tail + done + i) % ENTRIES];
                int64_t segments = (e->length + e->segment_bytes - 1) / e->segment_bytes;
                *(r > 0 ? &lane->sent : &lane->failed) += segments;
            }
            done += covered;
        }
        lane->tail += (uint64_t) n;
    }
}

int main(int argc, char **argv) {
    int listen_port = (int) number_option(argc, argv, "--listen", NULL);
    int to_port = (int) number_option(argc, argv, "--to", NULL);
    delay_ns = number_option(argc, argv, "--delay-us", "25000") * NS_PER_US;
    tick_ns = number_option(argc, argv, "--tick-us", "200") * NS_PER_US;
    loss_below = (uint64_t) (strtod(option(argc, argv, "--loss", "0"), NULL) / 100 * 4294967296.0);
    uint64_t seed = (uint64_t) number_option(argc, argv, "--seed", "1");
    int64_t limit_ns = number_option(argc, argv, "--limit", "120") * NS_PER_S;
    end_on_signal();
    precise_timers();

    static struct sockaddr_in clients[2];
    static struct lane lanes[LANES];
    static const char *names[LANES] = {"mediaForward", "mediaBack", "controlForward", "controlBack"};
    for (int port = 0; port < 2; port++) {
        int front = udp_socket(listen_port + port, 0);
        int back = udp_socket(0, to_port + port);
        struct lane *forward = &lanes[2 * port], *backward = &lanes[2 * port + 1];
        *forward = (struct lane){.in = front, .out = back, .peer_of_in = &clients[port]};
        *backward = (struct lane){.in = back, .out = front, .to = &clients[port]};
        large_buffers(front);
        large_buffers(back);
        receive_bursts_with_time(front);
        receive_bursts_with_time(back);
    }
    for (int i = 0; i < LANES; i++) {
        lanes[i].random = seed * 1000003u + (uint64_t) i * 7919u;
        draw(&lanes[i].random);
        lanes[i].bytes = malloc(BYTES_PER_LANE); /* touched only as far as it is used */
        lanes[i].entries = calloc(ENTRIES, sizeof(struct entry));
        if (lanes[i].bytes == NULL || lanes[i].entries == NULL) {
            fail("memory");
        }
    }
    printf("{\"ready\":true}\n");
    fflush(stdout);

    int64_t begun_ns = now_ns();
    int64_t tick = begun_ns, latest_ns = 0, late_over_1ms = 0;
    while (!ended && tick - begun_ns < limit_ns) {
        for (int i = 0; i < LANES; i++) {
            receive(&lanes[i]);
        }
        int64_t now = now_ns();
        for (int i = 0; i < LANES; i++) {
            transmit(&lanes[i], now + tick_ns / 2);
        }
        if (now - tick > latest_ns) {
            latest_ns = now - tick;
        }
        late_over_1ms += now - tick > 1000000;
        now = now_ns();
        tick += tick_ns;
        if (tick < now) {
            tick = now;
        }
        sleep_until(tick);
    }

    printf("{");
    for (int i = 0; i < LANES; i++) {
        struct lane *l = &lanes[i];
        printf("\"%s\":{\"arrived\":%lld,\"dropped\":%lld,\"sent\":%lld,\"overflow\":%lld,\"failed\":%lld,"
               "\"kernelDrops\":%u},",
               names[i], (long long) l->arrived, (long long) l->dropped, (long long) l->sent, (long long) l->overflow,
               (long long) l->failed, kernel_drops(l->in));
    }
    printf("\"lateOver1Ms\":%lld,\"latestUs\":%.1f}\n", (long long) late_over_1ms, (double) latest_ns / NS_PER_US);
    return 0;
}
