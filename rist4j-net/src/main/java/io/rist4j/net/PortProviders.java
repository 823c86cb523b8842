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
