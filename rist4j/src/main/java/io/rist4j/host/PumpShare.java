package io.rist4j.host;

import io.rist4j.net.Pump;
import io.rist4j.net.PumpConfig;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A handle's share of a pump, for handles that bring none. There are as many of these pumps as
 * there are processors, at most; a handle takes the one that has least to do; a pump ends with its
 * last handle.
 */
public final class PumpShare {
    private static final ReentrantLock LOCK = new ReentrantLock();
    private static final List<PumpShare> RUNNING = new ArrayList<>();
    private static final int MOST = Runtime.getRuntime().availableProcessors();
    private static final PumpLoad.Group LOADS = new PumpLoad.Group();

    private final Pump pump;
    private final PumpLoad load;
    private int handles;

    private PumpShare(Pump pump) {
        this.pump = pump;
        load = new PumpLoad(pump::stats, () -> handles);
    }

    private static PumpShare start() {
        String name = "rist4j-shared-" + RUNNING.size();
        var started = new PumpShare(Pump.start(PumpConfig.defaults().withThreadName(name)));
        RUNNING.add(started);
        return started;
    }

    private static PumpShare leastLoaded() {
        List<PumpLoad> loads = RUNNING.stream().map(share -> share.load).toList();
        return RUNNING.get(LOADS.choose(loads, System.nanoTime()));
    }

    /** Takes a share of a pump, which {@link #release} gives back. */
    public static PumpShare acquire() {
        LOCK.lock();
        try {
            PumpShare chosen = RUNNING.size() < MOST ? start() : leastLoaded();
            chosen.handles++;
            return chosen;
        } finally {
            LOCK.unlock();
        }
    }

    /** The pump. */
    public Pump pump() {
        return pump;
    }

    /** Gives the share back; the last one ends the pump, after the present round. */
    public void release() {
        LOCK.lock();
        try {
            if (--handles == 0) {
                RUNNING.remove(this);
                if (pump.isPumpThread()) {
                    pump.close();
                } else {
                    pump.execute(pump::close);
                }
            }
        } finally {
            LOCK.unlock();
        }
    }
}
