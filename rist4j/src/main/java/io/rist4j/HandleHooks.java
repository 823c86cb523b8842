package io.rist4j;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * What a program wants to be told and asked.
 *
 * @param events take events, each all of them
 * @param datagrams takes out-of-band datagrams
 * @param admission says who may come in
 * @param flowAdmission says which flows of several may come in
 */
record HandleHooks(
        List<Consumer<RistEvent>> events,
        @Nullable RistDatagramHandler datagrams,
        @Nullable Predicate<RistNewcomer> admission,
        @Nullable Predicate<RistFlowIdentity> flowAdmission) {
    HandleHooks {
        events = List.copyOf(events);
    }
}
