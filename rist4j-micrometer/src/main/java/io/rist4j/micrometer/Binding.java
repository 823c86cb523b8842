package io.rist4j.micrometer;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.rist4j.RistNumbers;
import io.rist4j.RistPathStats;
import io.rist4j.RistPumpStats;
import io.rist4j.RistReceiverStats;
import io.rist4j.RistSenderStats;
import io.rist4j.RistStatistic;
import io.rist4j.RistStatistic.Subject;
import io.rist4j.RistStatistic.Unit;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The meters of one registry: looks, with each reading of a meter, whether paths have come or gone,
 * and keeps the meters with them.
 */
final class Binding {
    private static final double NS_PER_SECOND = 1e9;

    /** Whom a number is about. */
    private record Whose(Subject subject, Map<String, String> labels) {}

    private final MeterRegistry registry;
    private final Supplier<? extends RistNumbers> source;
    private final Tags tags;
    private final Map<Whose, List<Meter>> meters = new HashMap<>();
    private volatile @Nullable RistNumbers seen;
    private volatile Map<Whose, RistNumbers> present = Map.of();
    private boolean removed;

    Binding(MeterRegistry registry, Supplier<? extends RistNumbers> source, Tags tags) {
        this.registry = registry;
        this.source = source;
        this.tags = tags;
    }

    /** Takes the latest numbers. */
    void look() {
        RistNumbers now = source.get();
        if (seen != now) {
            take(now);
        }
    }

    private synchronized void take(RistNumbers now) {
        if (removed) {
            return;
        }
        seen = now;
        Map<Whose, RistNumbers> found = find(now);
        present = found;
        List<Whose> gone = new ArrayList<>(meters.keySet());
        gone.removeAll(found.keySet());
        gone.forEach(this::forget);
        found.forEach((whose, numbers) -> {
            if (!meters.containsKey(whose)) {
                meters.put(whose, register(whose, numbers));
            }
        });
    }

    private static Map<Whose, RistNumbers> find(RistNumbers now) {
        var found = new LinkedHashMap<Whose, RistNumbers>();
        for (RistStatistic statistic : now.statistics()) {
            Subject subject = statistic.subject();
            found.put(
                    new Whose(subject, subject == Subject.SESSION ? Map.of() : now.labels()), now);
        }
        for (RistPathStats path : paths(now)) {
            found.put(new Whose(Subject.PATH, path.labels()), path);
        }
        return found;
    }

    private static List<RistPathStats> paths(RistNumbers numbers) {
        return switch (numbers) {
            case RistSenderStats sender -> sender.paths();
            case RistReceiverStats receiver -> receiver.paths();
            case RistPathStats path -> List.of();
            case RistPumpStats pump -> List.of();
        };
    }

    private void forget(Whose whose) {
        List<Meter> over = meters.remove(whose);
        if (over != null) {
            over.forEach(registry::remove);
        }
    }

    synchronized void remove() {
        removed = true;
        List.copyOf(meters.keySet()).forEach(this::forget);
    }

    private List<Meter> register(Whose whose, RistNumbers numbers) {
        var made = new ArrayList<Meter>();
        for (RistStatistic statistic : numbers.statistics()) {
            if (statistic.subject() == whose.subject()) {
                made.add(register(whose, statistic));
            }
        }
        return made;
    }

    private Meter register(Whose whose, RistStatistic statistic) {
        String name = "rist." + whose.subject() + "." + statistic.name().replace('_', '.');
        Tags all = tags;
        for (Map.Entry<String, String> label : whose.labels().entrySet()) {
            all = all.and(label.getKey(), label.getValue());
        }
        for (Map.Entry<String, String> label : statistic.labels().entrySet()) {
            all = all.and(label.getKey(), label.getValue());
        }
        boolean isTime = statistic.unit() == Unit.NANOSECONDS;
        if (statistic.isCounter()) {
            double scale = isTime ? NS_PER_SECOND : 1;
            return FunctionCounter.builder(
                            name, this, binding -> binding.value(whose, statistic) / scale)
                    .tags(all)
                    .description(statistic.help())
                    .baseUnit(isTime ? "seconds" : unit(statistic.unit()))
                    .register(registry);
        }
        if (isTime) {
            return TimeGauge.builder(
                            name,
                            this,
                            TimeUnit.NANOSECONDS,
                            binding -> binding.value(whose, statistic))
                    .tags(all)
                    .description(statistic.help())
                    .strongReference(true)
                    .register(registry);
        }
        return Gauge.builder(name, this, binding -> binding.value(whose, statistic))
                .tags(all)
                .description(statistic.help())
                .baseUnit(unit(statistic.unit()))
                .strongReference(true)
                .register(registry);
    }

    private static @Nullable String unit(Unit unit) {
        return switch (unit) {
            case PACKETS, DATAGRAMS, BYTES -> unit.name().toLowerCase(Locale.ROOT);
            case BITS_PER_SECOND, NANOSECONDS, YES_OR_NO, NONE -> null;
        };
    }

    private double value(Whose whose, RistStatistic statistic) {
        look();
        RistNumbers numbers = present.get(whose);
        return numbers == null ? Double.NaN : numbers.value(statistic);
    }
}
