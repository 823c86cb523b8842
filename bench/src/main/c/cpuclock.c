/*
 * Prints CLOCK_MONOTONIC and the CPU time (user and system, all threads, also those that have ended) of each process.
 *
 *   cpuclock PID...
 */
#include "common.h"

int main(int argc, char **argv) {
    printf("%lld", (long long) now_ns());
    for (int i = 1; i < argc; i++) {
        clockid_t clock;
        if (clock_getcpuclockid((pid_t) atoi(argv[i]), &clock) != 0) {
            printf(" -1");
        } else {
            printf(" %lld", (long long) clock_ns(clock));
        }
    }
    printf("\n");
    return 0;
}
