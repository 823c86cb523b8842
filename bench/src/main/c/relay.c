/*
 * The yardstick: a UDP forwarder with one blocking receive and one send per packet, and nothing else.
 *
 *   relay LISTEN_PORT TO_PORT
 */
#include "common.h"

int main(int argc, char **argv) {
    static uint8_t buffer[DATAGRAM_MAX];
    if (argc != 3) {
        fprintf(stderr, "usage: relay LISTEN_PORT TO_PORT\n");
        return 2;
    }
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int in = udp_socket(atoi(argv[1]), 0);
    int out = udp_socket(0, atoi(argv[2]));
    int bytes = 4 << 20;
    setsockopt(in, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    for (;;) {
        ssize_t n = recv(in, buffer, sizeof buffer, 0);
        if (n > 0) {
            send(out, buffer, (size_t) n, 0);
        }
    }
}
