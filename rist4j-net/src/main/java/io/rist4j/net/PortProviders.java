package io.rist4j.net;

import io.rist4j.net.nio.NioPortProvider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Finds the kinds of ports that work here. */
final class PortProviders {
    private PortProviders() {}

    /**
     * The provider of that name, or the best.
     *
     * @param name of a provider, or {@link PumpConfig#AUTO}
     * @throws IllegalArgumentException when there is none of that name, or it does not work here
     */
    static PortProvider find(String name) {
        List<PortProvider> all = all();
        boolean any = name.equals(PumpConfig.AUTO);
        return all.stream()
                .filter(provider -> any || provider.name().equals(name))
                .filter(PortProvider::isUsable)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(refusal(name, all)));
    }

    /**
     * Why a provider serves, for people.
     *
     * @param asked what was asked for
     * @param chosen name of the one that serves
     */
    static String reason(String asked, String chosen) {
        return asked.equals(PumpConfig.AUTO) ? reason(all(), chosen) : "asked for by name";
    }

    /**
     * Why the best that works serves.
     *
     * @param all the preferred first
     */
    static String reason(List<PortProvider> all, String chosen) {
        String better =
                all.stream()
                        .takeWhile(provider -> !provider.name().equals(chosen))
                        .map(PortProviders::obstacle)
                        .collect(Collectors.joining("; "));
        if (!better.isEmpty()) {
            return better;
        }
        return all.size() == 1
                ? "the only one there: rist4j-linux is missing, or for a later Java release"
                : "the best that works here";
    }

    private static String obstacle(PortProvider provider) {
        String obstacle = provider.obstacle();
        return provider.name()
                + " does not work here"
                + (obstacle.isEmpty() ? "" : ": " + obstacle);
    }

    private static String refusal(String name, List<PortProvider> all) {
        String obstacles =
                all.stream()
                        .filter(provider -> provider.name().equals(name))
                        .map(PortProvider::obstacle)
                        .collect(Collectors.joining());
        return "port provider "
                + name
                + " does not work here"
                + (obstacles.isEmpty() ? "" : ": " + obstacles)
                + "; usable: "
                + usableNames(all);
    }

    private static String usableNames(List<PortProvider> all) {
        return all.stream()
                .filter(PortProvider::isUsable)
                .map(PortProvider::name)
                .collect(Collectors.joining(", "));
    }

    /** All that can be loaded, the preferred first. */
    private static List<PortProvider> all() {
        var found = new ArrayList<PortProvider>();
        found.add(new NioPortProvider());
        Iterator<PortProvider> services = services().iterator();
        while (true) {
            try {
                if (!services.hasNext()) {
                    break;
                }
                found.add(services.next());
            } catch (ServiceConfigurationError | LinkageError notForThisRuntime) {
                // compiled for a later release than this one: as if it were not there
            }
        }
        found.sort(Comparator.comparingInt(PortProvider::preference).reversed());
        return found;
    }

    /** Where modules are, the class path is not searched as well: that opens every file on it. */
    private static ServiceLoader<PortProvider> services() {
        ModuleLayer layer = PortProviders.class.getModule().getLayer();
        return layer == null
                ? ServiceLoader.load(PortProvider.class, PortProviders.class.getClassLoader())
                : ServiceLoader.load(layer, PortProvider.class);
    }
}
