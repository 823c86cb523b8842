package io.rist4j.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** The octets that an object of ours holds: what it lets go of must have been overwritten. */
public final class SecretOctets {
    private final Object holder;
    private final Set<byte[]> before;

    private SecretOctets(Object holder) {
        this.holder = holder;
        before = of(holder);
    }

    /** Notes all that it holds now. */
    public static SecretOctets heldBy(Object holder) {
        return new SecretOctets(holder);
    }

    /** Asserts that so many arrays, that it does not hold any more, were overwritten. */
    public void assertOverwritten(int least) {
        Set<byte[]> now = of(holder);
        int gone = 0;
        for (byte[] octets : before) {
            if (!now.contains(octets)) {
                assertThat(octets).containsOnly(0);
                gone++;
            }
        }
        assertThat(gone).isGreaterThanOrEqualTo(least);
    }

    /** Asserts that nothing that it held before, or holds now, is left. */
    public void assertAllOverwritten() {
        assertThat(before).isNotEmpty().allSatisfy(octets -> assertThat(octets).containsOnly(0));
        assertThat(of(holder)).allSatisfy(octets -> assertThat(octets).containsOnly(0));
    }

    private static Set<byte[]> of(Object holder) {
        Set<byte[]> found = Collections.newSetFromMap(new IdentityHashMap<>());
        walk(holder, found, Collections.newSetFromMap(new IdentityHashMap<>()));
        return found;
    }

    private static void walk(@Nullable Object at, Set<byte[]> found, Set<Object> seen) {
        if (at == null || !seen.add(at)) {
            return;
        }
        Class<?> type = at.getClass();
        if (at instanceof byte[] octets) {
            found.add(octets);
        } else if (type.isArray() && !type.getComponentType().isPrimitive()) {
            for (int i = 0; i < Array.getLength(at); i++) {
                walk(Array.get(at, i), found, seen);
            }
        } else if (isWalked(type)) {
            for (Class<?> of = type; of != null && isWalked(of); of = of.getSuperclass()) {
                for (Field field : of.getDeclaredFields()) {
                    walk(value(field, at), found, seen);
                }
            }
        }
    }

    /** Where packets pass, and what they say in clear, is no secret. */
    private static boolean isWalked(Class<?> type) {
        String name = type.getName();
        return name.startsWith("io.rist4j.crypto.")
                && !type.isHidden()
                && !type.isEnum()
                && !name.endsWith("Test")
                && !name.endsWith("$Scratch")
                && !name.endsWith("$LentStart");
    }

    private static @Nullable Object value(Field field, Object of) {
        if (Modifier.isStatic(field.getModifiers()) || field.getType().isPrimitive()) {
            return null;
        }
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
