/*
 * What the measuring tools share: options, clocks, sockets, and the payload that carries a packet's number and its
 * moment of sending. Linux only. Every tool works on 127.0.0.1 alone and ends by itself after --limit seconds.
 */
#ifndef RIST4J_BENCH_COMMON_H
#define RIST4J_BENCH_COMMON_H

#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#ifndef UDP_SEGMENT
#define UDP_SEGMENT 103
#endif
#ifndef UDP_GRO
#define UDP_GRO 104
#endif
#ifndef SO_MEMINFO
#define SO_MEMINFO 55
#endif

#define NS_PER_S 1000000000LL
#define NS_PER_US 1000LL
#define DATAGRAM_MAX 65536
#define SOCKET_BUFFER_BYTES (64 << 20)
#define MEMINFO_WORDS 9
#define MEMINFO_DROPS 8

/* ---- the payload: seven transport stream packets, the first of which carries number and time ---- */

#define TS_PACKET_BYTES 188
#define TS_PACKETS 7
#define PAYLOAD_BYTES (TS_PACKETS * TS_PACKET_BYTES)
#define MARK_AT 4
#define MARK 0x52344a42u

struct mark {
    uint32_t magic;
    uint32_t reserved;
    uint64_t number;
    int64_t sent_ns; /* CLOCK_MONOTONIC */
};

/* ---- ending ---- */

static volatile sig_atomic_t ended;

static inline void on_signal(int signal_number) {
    (void) signal_number;
    ended = 1;
}

static inline void end_on_signal(void) {
    struct sigaction action = {.sa_handler = on_signal};
    sigaction(SIGTERM, &action, NULL);
    sigaction(SIGINT, &action, NULL);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static inline void fail(const char *what) {
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

/* ---- options: --name value ---- */

static inline const char *option(int argc, char **argv, const char *name, const char *otherwise) {
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], name) == 0) {
            return argv[i + 1];
        }
    }
    if (otherwise == NULL) {
        fprintf(stderr, "%s: %s is missing\n", argv[0], name);
        exit(2);
    }
    return otherwise;
}

static inline int64_t number_option(int argc, char **argv, const char *name, const char *otherwise) {
    return strtoll(option(argc, argv, name, otherwise), NULL, 10);
}

/* ---- clocks ---- */

static inline int64_t clock_ns(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * NS_PER_S + t.tv_nsec;
}

static inline int64_t now_ns(void) {
    return clock_ns(CLOCK_MONOTONIC);
}

static inline void sleep_until(int64_t ns) {
    struct timespec t = {.tv_sec = ns / NS_PER_S, .tv_nsec = ns % NS_PER_S};
    while (!ended && clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL) == EINTR) {
    }
}

/*
 * What stands for the world outside keeps its time even when the contenders use both cores: no timer slack, and real-time
 * priority where we may.
 */
static inline void precise_timers(void) {
    struct sched_param priority = {.sched_priority = 5};
    prctl(PR_SET_TIMERSLACK, 1UL);
    sched_setscheduler(0, SCHED_RR, &priority);
}

/* What turns a kernel receive timestamp (wall clock) into CLOCK_MONOTONIC; taken anew for every batch. */
static inline int64_t wall_to_monotonic_ns(void) {
    return now_ns() - clock_ns(CLOCK_REALTIME);
}

/* ---- sockets ---- */

static inline struct sockaddr_in loopback(int port) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    a.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return a;
}

static inline int udp_socket(int bind_port, int connect_port) {
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        fail("socket");
    }
    struct sockaddr_in local = loopback(bind_port);
    if (bind(fd, (struct sockaddr *) &local, sizeof local) != 0) {
        fail("bind");
    }
    if (connect_port != 0) {
        struct sockaddr_in remote = loopback(connect_port);
        if (connect(fd, (struct sockaddr *) &remote, sizeof remote) != 0) {
            fail("connect");
        }
    }
    return fd;
}

/* Forced past the system's limit when we may, so that a measuring socket is never what drops. */
static inline void large_buffers(int fd) {
    int bytes = SOCKET_BUFFER_BYTES;
    if (setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0) {
        setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    if (setsockopt(fd, SOL_SOCKET, SO_SNDBUFFORCE, &bytes, sizeof bytes) != 0) {
        setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &bytes, sizeof bytes);
    }
}

static inline void receive_bursts_with_time(int fd) {
    int on = 1;
    setsockopt(fd, SOL_UDP, UDP_GRO, &on, sizeof on);
    if (setsockopt(fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof on) != 0) {
        fail("SO_TIMESTAMPNS");
    }
}

/* Datagrams that the kernel dropped because this socket's buffer was full: the counter behind SO_RXQ_OVFL. */
static inline uint32_t kernel_drops(int fd) {
    uint32_t info[MEMINFO_WORDS] = {0};
    socklen_t length = sizeof info;
    if (getsockopt(fd, SOL_SOCKET, SO_MEMINFO, info, &length) != 0) {
        fail("SO_MEMINFO");
    }
    return info[MEMINFO_DROPS];
}

/* Reads what came with a datagram: the size of the segments it was joined from, and its arrival by the wall clock. */
static inline void read_control(struct msghdr *message, int *segment_bytes, int64_t *arrived_wall_ns) {
    for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
        if (c->cmsg_level == SOL_UDP && c->cmsg_type == UDP_GRO) {
            memcpy(segment_bytes, CMSG_DATA(c), sizeof *segment_bytes);
        } else if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec t;
            memcpy(&t, CMSG_DATA(c), sizeof t);
            *arrived_wall_ns = t.tv_sec * NS_PER_S + t.tv_nsec;
        }
    }
}

#endif
