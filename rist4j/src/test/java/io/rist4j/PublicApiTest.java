package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the exported package promises: nothing of the modules below, and nothing that cannot grow.
 */
class PublicApiTest {
    /** More components than these, and the next one would break too many. */
    private static final int MOST_COMPONENTS = 5;

    @Test
    void namesNothingThatProgramsCannotName() throws Exception {
        var foreign = new ArrayList<String>();
        for (Class<?> type : exported()) {
            for (Type named : named(type)) {
                for (Class<?> one : classes(named)) {
                    if (!mayBeNamed(one)) {
                        foreign.add(type.getName() + " names " + one.getName());
                    }
                }
            }
        }

        assertThat(foreign).isEmpty();
    }

    @Test
    void wouldFindWhatProgramsCannotName() throws Exception {
        assertThat(named(Leaking.class).stream().flatMap(t -> classes(t).stream()))
                .contains(io.rist4j.net.Pump.class, io.rist4j.host.PacketQueue.class)
                .anyMatch(type -> !mayBeNamed(type));
    }

    /** What an exported class must not look like. */
    public abstract static class Leaking {
        /** A parameter of a parameter. */
        public abstract void take(List<? extends Set<io.rist4j.net.Pump>> pumps);

        /** For subclasses. */
        protected abstract io.rist4j.host.PacketQueue[] queues();
    }

    @Test
    void hasNoRecordsThatCannotGrow() throws Exception {
        assertThat(exported())
                .filteredOn(Class::isRecord)
                .allSatisfy(type ->
                        assertThat(type.getRecordComponents())
                                .as("%s", type)
                                .hasSizeLessThanOrEqualTo(MOST_COMPONENTS));
        assertThat(exported())
                .filteredOn(Class::isRecord)
                .filteredOn(type -> !RistEvent.class.isAssignableFrom(type))
                .containsExactlyInAnyOrder(Bitrate.class, RistPortImplementation.class);
    }

    @Test
    void looksAtWhatIsExported() throws Exception {
        assertThat(exported())
                .contains(
                        RistSender.class,
                        RistSender.Builder.class,
                        RistPump.class,
                        RistEvent.SendRefused.class,
                        RistPathStats.class)
                .doesNotContain(HandleCore.class);
    }

    private static boolean mayBeNamed(Class<?> type) {
        return type.isPrimitive()
                || type.getName().startsWith("java.")
                || (isPublic(type) && type.getPackage().equals(RistSender.class.getPackage()));
    }

    private static boolean isPublic(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        return Modifier.isPublic(type.getModifiers()) && (outer == null || isPublic(outer));
    }

    /** Every type in the declaration of a class that its users see. */
    private static Set<Type> named(Class<?> type) {
        var named = new HashSet<Type>(Arrays.asList(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            named.add(type.getGenericSuperclass());
        }
        for (TypeVariable<?> variable : type.getTypeParameters()) {
            named.addAll(Arrays.asList(variable.getBounds()));
        }
        for (Field field : type.getDeclaredFields()) {
            if (isSeen(field.getModifiers())) {
                named.add(field.getGenericType());
            }
        }
        Stream.<Executable>concat(
                        Arrays.stream(type.getDeclaredConstructors()),
                        Arrays.stream(type.getDeclaredMethods())
                                .peek(m -> {
                                    if (isSeen(m.getModifiers()) && !m.isSynthetic()) {
                                        named.add(m.getGenericReturnType());
                                    }
                                }))
                .filter(one -> isSeen(one.getModifiers()) && !one.isSynthetic())
                .forEach(one -> {
                    named.addAll(Arrays.asList(one.getGenericParameterTypes()));
                    named.addAll(Arrays.asList(one.getGenericExceptionTypes()));
                });
        return named;
    }

    private static boolean isSeen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    /** The classes within a type; of a variable none, for its bounds are looked at where it is. */
    private static Set<Class<?>> classes(Type type) {
        var found = new HashSet<Class<?>>();
        switch (type) {
            case Class<?> one -> found.add(one.isArray() ? elementOf(one) : one);
            case ParameterizedType of -> {
                found.addAll(classes(of.getRawType()));
                Arrays.stream(of.getActualTypeArguments()).forEach(t -> found.addAll(classes(t)));
            }
            case GenericArrayType of -> found.addAll(classes(of.getGenericComponentType()));
            case WildcardType of -> {
                Arrays.stream(of.getUpperBounds()).forEach(t -> found.addAll(classes(t)));
                Arrays.stream(of.getLowerBounds()).forEach(t -> found.addAll(classes(t)));
            }
            default -> {}
        }
        return found;
    }

    private static Class<?> elementOf(Class<?> array) {
        Class<?> element = array;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        return element;
    }

    /** The public classes of the package, those within them too. */
    private static List<Class<?>> exported() throws Exception {
        URI home = RistSender.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        var types = new ArrayList<Class<?>>();
        try (Stream<Path> files = Files.list(Path.of(home).resolve("io/rist4j"))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".class") && !name.equals("package-info.class")) {
                    Class<?> type =
                            Class.forName("io.rist4j." + name.substring(0, name.length() - 6));
                    if (isPublic(type)) {
                        types.add(type);
                    }
                }
            }
        }
        return types;
    }
}
