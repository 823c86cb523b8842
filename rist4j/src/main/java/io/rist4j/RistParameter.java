package io.rist4j;

/**
 * One parameter of a rist URL, for help and documentation.
 *
 * @param name as written in the URL
 * @param field the method of {@link RistConfig.Builder} that makes the same setting; empty when
 *     there is none
 * @param range what it takes, with units
 * @param unit the unit of the number in the URL; empty when it is no number or a plain count
 * @param defaultValue what serves when it is not set; empty when it is refused
 * @param actsAt {@code sender}, {@code receiver} or {@code both}; the other end accepts it too
 * @param perPath whether each path of a session may have its own
 * @param available whether it acts; if not, it is refused by name
 * @param meaning what it does, or why it is refused
 */
public record RistParameter(
        String name,
        String field,
        String range,
        String unit,
        String defaultValue,
        String actsAt,
        boolean perPath,
        boolean available,
        String meaning) {}
