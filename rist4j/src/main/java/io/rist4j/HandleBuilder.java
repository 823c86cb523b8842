package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Collects what a handle needs before it opens: paths, pump, listener. Not thread-safe.
 *
 * @param <B> the builder's own type
 */
public abstract sealed class HandleBuilder<B extends HandleBuilder<B>>
        permits RistSender.Builder, RistReceiver.Builder, RistMultiReceiver.Builder {
    private final List<RistUri> paths = new ArrayList<>();
    private @Nullable Supplier<RistPump> pump;
    private final List<Consumer<RistEvent>> listeners = new ArrayList<>();
    private @Nullable RistDatagramHandler datagrams;
    private @Nullable Predicate<RistNewcomer> admission;
    private @Nullable RistUsers users;

    HandleBuilder() {}

    abstract B self();

    final List<RistUri> paths() {
        return paths;
    }

    final @Nullable RistPump ownPump() {
        Supplier<RistPump> chosen = pump;
        return chosen == null ? null : chosen.get();
    }

    final HandleHooks hooks() {
        return hooks(null);
    }

    final HandleHooks hooks(@Nullable Predicate<RistFlowIdentity> flowAdmission) {
        return new HandleHooks(listeners, datagrams, admission, flowAdmission);
    }

    final @Nullable RistUsers users() {
        return users;
    }

    /**
     * Adds a path. Paths that dial and paths that listen may be mixed; 32 at most.
     *
     * @param uri a rist URL
     * @throws RistConfigException when it is malformed
     */
    public B path(String uri) {
        return path(RistUri.parse(uri));
    }

    /**
     * Adds a path.
     *
     * @param uri its address and settings; what is not per path is set in the first, or alike in
     *     all
     */
    public B path(RistUri uri) {
        paths.add(Objects.requireNonNull(uri));
        return self();
    }

    /**
     * Adds paths.
     *
     * @param uris as {@link #path(RistUri)}
     */
    public B paths(List<RistUri> uris) {
        uris.forEach(this::path);
        return self();
    }

    /**
     * Chooses the network thread; without it the handle shares one.
     *
     * @param shared outlives the handle
     */
    public B pump(RistPump shared) {
        Objects.requireNonNull(shared);
        pump = () -> shared;
        return self();
    }

    /**
     * Chooses among network threads: each handle that is opened takes the one that has least to do
     * then.
     *
     * @param shared outlive the handle
     */
    public B pump(RistPumps shared) {
        pump = Objects.requireNonNull(shared)::next;
        return self();
    }

    /**
     * Listens to events, from before the first one on. May be called for several listeners: each
     * gets every event, in the order of these calls.
     *
     * @param events called on the network thread; must not block
     */
    public B onEvent(Consumer<RistEvent> events) {
        listeners.add(Objects.requireNonNull(events));
        return self();
    }

    /**
     * Takes out-of-band datagrams; without it they are dropped. The Simple profile has none.
     *
     * @param handler called on the network thread; must not block
     */
    public B onOutOfBand(RistDatagramHandler handler) {
        datagrams = Objects.requireNonNull(handler);
        return self();
    }

    /**
     * Decides who may come in where this handle listens; without it everybody may who knows the
     * secret and has proved himself, as far as those are configured. A refused peer is told nothing
     * and asked about again with each of its attempts; {@link RistEvent.NotAdmitted} tells.
     *
     * @param decision called on the network thread; answers at once
     */
    public B admission(Predicate<RistNewcomer> decision) {
        admission = Objects.requireNonNull(decision);
        return self();
    }

    /**
     * The users that may come in by EAP-SRP where this handle listens, instead of the one that the
     * settings name.
     *
     * @param known the users
     */
    public B users(RistUsers known) {
        users = Objects.requireNonNull(known);
        return self();
    }
}
