package io.rist4j;

/** The length of an AES key: 128 or 256 bits. */
enum AesKind implements ValueKind<Integer> {
    /** The only one. */
    BITS;

    @Override
    public Integer parse(String name, String text) {
        Long bits = Numbers.whole(text);
        if (bits == null) {
            throw unreadable(name, text);
        }
        check(name, Math.clamp(bits, -1, Integer.MAX_VALUE));
        return bits.intValue();
    }

    @Override
    public void check(String name, Integer bits) {
        if (bits == 192) {
            throw new RistConfigException(
                    name,
                    name + " 192 cannot be told to a peer of the main profile; use 128 or 256");
        }
        if (bits != 128 && bits != 256) {
            throw outside(name, bits);
        }
    }

    @Override
    public String write(Integer bits) {
        return Integer.toString(bits);
    }

    @Override
    public String show(Integer bits) {
        return Integer.toString(bits);
    }

    @Override
    public String unit() {
        return "bits";
    }

    @Override
    public String range() {
        return "128 | 256";
    }
}
