package io.rist4j;

import io.rist4j.session.FlowIdentity;
import io.rist4j.session.Newcomer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a handle tells and asks the program, on the network thread, each through a {@link UserCode}
 * of its own.
 */
final class HandleCallbacks {
    private record Listener(Consumer<RistEvent> to, UserCode code) {}

    private final HandleHooks hooks;
    private final Supplier<String> handle;
    private final LongSupplier nowNs;
    private final List<Listener> listeners = new ArrayList<>();
    private final UnheardEvents unheard;
    private final UserCode datagrams;
    private final UserCode admission;
    private final UserCode flowAdmission;

    /**
     * @param handle whose, for the log
     * @param nowNs the network thread's clock
     */
    HandleCallbacks(HandleHooks hooks, Supplier<String> handle, LongSupplier nowNs) {
        this.hooks = hooks;
        this.handle = handle;
        this.nowNs = nowNs;
        for (Consumer<RistEvent> to : hooks.events()) {
            listeners.add(new Listener(to, code("event listener")));
        }
        unheard = new UnheardEvents(handle, nowNs);
        datagrams = code("handler of out-of-band datagrams");
        admission = code("admission");
        flowAdmission = code("admission of flows");
    }

    /** The program's code for a purpose. */
    UserCode code(String purpose) {
        return new UserCode(() -> "the " + purpose + " of the " + handle.get(), nowNs);
    }

    /** Events that no listener takes are logged. */
    void tell(RistEvent event) {
        if (listeners.isEmpty()) {
            unheard.log(event);
        }
        for (Listener listener : listeners) {
            listener.code().run("at " + event, () -> listener.to().accept(event));
        }
    }

    void onDatagram(int path, int protocolType, ByteBuffer from, int at, int bytes) {
        RistDatagramHandler to = hooks.datagrams();
        if (to != null) {
            ByteBuffer payload = from.slice(at, bytes).asReadOnlyBuffer();
            datagrams.run("at a datagram", () -> to.onDatagram(path, protocolType, payload));
        }
    }

    /** Whoever is not decided about, because the decision threw, is refused. */
    boolean admits(Newcomer newcomer) {
        Predicate<RistNewcomer> decision = hooks.admission();
        if (decision == null) {
            return true;
        }
        var asked =
                new RistNewcomer(
                        Addresses.socketAddress(newcomer.peer()),
                        newcomer.canonicalName(),
                        newcomer.user());
        return admission.ask("and " + newcomer.peer() + " is refused", () -> decision.test(asked));
    }

    /** The same for a flow. */
    boolean admitsFlow(FlowIdentity flow) {
        Predicate<RistFlowIdentity> decision = hooks.flowAdmission();
        if (decision == null) {
            return true;
        }
        RistFlowIdentity asked = RistFlowIdentity.of(flow);
        return flowAdmission.ask(
                "and a flow of " + flow.peer() + " is refused", () -> decision.test(asked));
    }
}
