package io.rist4j.micrometer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.rist4j.RistFlow;
import io.rist4j.RistNumbers;
import io.rist4j.RistPump;
import io.rist4j.RistReceiver;
import io.rist4j.RistSender;
import io.rist4j.RistSenderFlow;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Binds the statistics of a sender, a receiver, a flow or a network thread to meters: one for each
 * number of each, of each path too, as paths come and go.
 *
 * <pre>{@code
 * RistMetrics.of(receiver).tagged(Tags.of("stream", "studio")).bindTo(registry);
 * }</pre>
 *
 * <p>Meters are called {@code rist.}, what they are about and the number's name: {@code
 * rist.receiver.lost.packets}, {@code rist.path.rtt.smoothed}. Their tags are those of the numbers
 * ({@code flow}, {@code path}, {@code peer}, {@code thread}) and one's own. They are read from what
 * the network thread published last, about a second old at most, and never wait for it. A number
 * that a later version counts is a meter by itself. Safe for use by any thread.
 */
public final class RistMetrics implements MeterBinder, AutoCloseable {
    private final Supplier<? extends RistNumbers> source;
    private final Tags tags;
    private final List<Binding> bindings = new ArrayList<>();

    private RistMetrics(Supplier<? extends RistNumbers> source, Tags tags) {
        this.source = source;
        this.tags = tags;
    }

    /**
     * Of a sender.
     *
     * @param sender open or closed
     */
    public static RistMetrics of(RistSender sender) {
        return new RistMetrics(sender::latestStats, Tags.empty());
    }

    /**
     * Of a further flow of a sender.
     *
     * @param flow of a sender, open or closed
     */
    public static RistMetrics of(RistSenderFlow flow) {
        return new RistMetrics(flow::latestStats, Tags.empty());
    }

    /**
     * Of a receiver.
     *
     * @param receiver open or closed
     */
    public static RistMetrics of(RistReceiver receiver) {
        return new RistMetrics(receiver::latestStats, Tags.empty());
    }

    /**
     * Of one of many flows that are received.
     *
     * @param flow open or over; {@link #close} these metrics with it
     */
    public static RistMetrics of(RistFlow flow) {
        return new RistMetrics(flow::latestStats, Tags.empty());
    }

    /**
     * Of a network thread.
     *
     * @param pump open or closed
     */
    public static RistMetrics of(RistPump pump) {
        return new RistMetrics(pump::stats, Tags.empty());
    }

    /**
     * The same with tags of one's own. Before {@link #bindTo}.
     *
     * @param more beside those that there are
     */
    public RistMetrics tagged(Tags more) {
        return new RistMetrics(source, tags.and(more));
    }

    /**
     * Registers the meters.
     *
     * @param registry may be one of several
     */
    @Override
    public void bindTo(MeterRegistry registry) {
        var binding = new Binding(registry, source, tags);
        synchronized (bindings) {
            bindings.add(binding);
        }
        binding.look();
    }

    /** Removes the meters from every registry. */
    @Override
    public void close() {
        synchronized (bindings) {
            bindings.forEach(Binding::remove);
            bindings.clear();
        }
    }
}
