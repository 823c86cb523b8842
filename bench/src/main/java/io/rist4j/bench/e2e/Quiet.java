package io.rist4j.bench.e2e;

import java.io.IOException;

/**
 * Waits for a moment when nobody else uses the machine: costs by packet mean little beside a
 * compiler.
 */
final class Quiet {

    private static final int LOOK_MS = 1_000;
    private static final int WAIT_LOOKS = 600;

    private Quiet() {}

    /**
     * Waits until the machine used less than {@code percent} of one core for a second, ten minutes
     * at most.
     */
    static void await(double percent) throws IOException, InterruptedException {
        for (int i = 0; i < WAIT_LOOKS; i++) {
            long beforeNs = ProcFs.machineCpuNs();
            long beginNs = System.nanoTime();
            Thread.sleep(LOOK_MS);
            double used =
                    100.0 * (ProcFs.machineCpuNs() - beforeNs) / (System.nanoTime() - beginNs);
            if (used < percent) {
                return;
            }
        }
    }
}
