package io.rist4j.testkit.simulation;

import io.rist4j.core.address.Endpoint;
import io.rist4j.session.PathConfig;
import io.rist4j.session.Role;
import io.rist4j.session.SessionConfig;
import io.rist4j.session.TunnelConfig;
import io.rist4j.testkit.simulation.Scenario.Contact;

import java.util.ArrayList;
import java.util.List;

/** How the sessions of a scenario are configured. */
final class EndConfig {
    private EndConfig() {}

    static boolean dials(Scenario scenario, Role role) {
        return (role == Role.SENDER) == (scenario.contact() != Contact.RECEIVER_DIALS);
    }

    static SessionConfig of(
            Scenario scenario,
            Role role,
            List<Endpoint> senderAddresses,
            List<Endpoint> receiverAddresses) {
        boolean dials = dials(scenario, role);
        List<Endpoint> own = role == Role.SENDER ? senderAddresses : receiverAddresses;
        List<Endpoint> peers = role == Role.SENDER ? receiverAddresses : senderAddresses;
        var paths = new ArrayList<PathConfig>();
        for (int i = 0; i < own.size(); i++) {
            int weight = role == Role.SENDER ? scenario.paths().get(i).weight() : 0;
            int priority = role == Role.RECEIVER ? scenario.priorityOf(i) : 0;
            if (dials) {
                paths.add(
                        new PathConfig(
                                PathConfig.Contact.DIAL,
                                peers.get(i),
                                PathConfig.wildcardFor(peers.get(i)),
                                weight,
                                priority));
            } else if (i == 0 || scenario.contact() != Contact.SENDER_DIALS_ONE_PORT) {
                paths.add(
                        new PathConfig(
                                PathConfig.Contact.LISTEN,
                                own.get(i),
                                own.get(i),
                                weight,
                                priority));
            }
        }
        TunnelScenario tunnel = scenario.tunnel();
        SessionConfig defaults =
                SessionConfig.of(
                        tunnel.protection().profile(),
                        role,
                        role == Role.SENDER ? "tx" : "rx",
                        paths);
        return new SessionConfig(
                defaults.profile(),
                role,
                paths,
                scenario.receiver(),
                scenario.sender(),
                defaults.reportIntervalNs(),
                defaults.sessionTimeoutNs(),
                scenario.requestFormat(),
                defaults.recordsPerRequest(),
                defaults.canonicalName(),
                defaults.media(),
                TunnelConfig.of(Secrets.config(tunnel, dials)),
                defaults.maxFlows());
    }
}
