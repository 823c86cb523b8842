package io.rist4j;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Records events. */
final class EventLog implements Consumer<RistEvent> {
    private final List<RistEvent> events = new CopyOnWriteArrayList<>();

    @Override
    public void accept(RistEvent event) {
        events.add(event);
    }

    List<RistEvent> all() {
        return List.copyOf(events);
    }

    <E extends RistEvent> List<E> of(Class<E> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** Waits for the first event of a kind. */
    <E extends RistEvent> E await(Class<E> type) {
        Await.until(type.getSimpleName(), () -> !of(type).isEmpty());
        return of(type).get(0);
    }
}
