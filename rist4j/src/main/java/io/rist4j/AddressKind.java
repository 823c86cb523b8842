package io.rist4j;

/** IP addresses as literals; names are not looked up. */
record AddressKind() implements ValueKind<String> {
    @Override
    public String parse(String name, String text) {
        return text;
    }

    @Override
    public void check(String name, String value) {
        if (!Hosts.isIpv4Literal(value) && !Hosts.isIpv6Literal(value)) {
            throw new RistConfigException(name, name + " " + value + " is no " + range());
        }
    }

    @Override
    public String write(String value) {
        return value;
    }

    @Override
    public String show(String value) {
        return value;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public String range() {
        return "IP address";
    }
}
