package io.rist4j;

/** On or off. */
record SwitchKind() implements ValueKind<Boolean> {
    @Override
    public Boolean parse(String name, String text) {
        return switch (text) {
            case "1", "on", "true" -> true;
            case "0", "off", "false" -> false;
            default -> throw unreadable(name, text);
        };
    }

    @Override
    public void check(String name, Boolean value) {
        // both are allowed
    }

    @Override
    public String write(Boolean value) {
        return value ? "1" : "0";
    }

    @Override
    public String show(Boolean value) {
        return value ? "1" : "0";
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        return "0 or off | 1 or on";
    }
}
