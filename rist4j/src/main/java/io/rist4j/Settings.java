package io.rist4j;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The settings that were made, without those left at their defaults, so that a default may depend
 * on other settings. Immutable.
 */
final class Settings {
    static final Settings NONE = new Settings(Map.of());

    private final Map<Parameter<?>, Object> made;

    private Settings(Map<Parameter<?>, Object> made) {
        this.made = made;
    }

    /** These settings and one more, or with another value for it. */
    <T> Settings with(Parameter<T> parameter, T value) {
        var more = new HashMap<Parameter<?>, Object>(made);
        more.put(parameter, value);
        return new Settings(Map.copyOf(more));
    }

    /** These settings without one. */
    Settings without(Parameter<?> parameter) {
        var less = new HashMap<Parameter<?>, Object>(made);
        less.remove(parameter);
        return new Settings(Map.copyOf(less));
    }

    boolean has(Parameter<?> parameter) {
        return made.containsKey(parameter);
    }

    /** The value made, if one was. */
    @SuppressWarnings("unchecked") // with() is the only way in
    <T> Optional<T> find(Parameter<T> parameter) {
        return Optional.ofNullable((T) made.get(parameter));
    }

    /** The value made, if one was and it is below a bound. */
    <T extends Comparable<? super T>> Optional<T> findBelow(Parameter<T> parameter, T bound) {
        return find(parameter).filter(value -> value.compareTo(bound) < 0);
    }

    /** The value made, if one was and it is above a bound. */
    <T extends Comparable<? super T>> Optional<T> findAbove(Parameter<T> parameter, T bound) {
        return find(parameter).filter(value -> value.compareTo(bound) > 0);
    }

    /** The value made, or else the default, if there is one. */
    <T> Optional<T> effective(Parameter<T> parameter) {
        return find(parameter).or(() -> parameter.fallback().apply(this));
    }

    /** The value made, or else the default, of a parameter that has one. */
    <T> T get(Parameter<T> parameter) {
        return effective(parameter).orElseThrow();
    }

    /** Whether both mean the same by this parameter, made or by default. */
    <T> boolean agreesOn(Parameter<T> parameter, Settings other) {
        return effective(parameter).equals(other.effective(parameter));
    }
}
