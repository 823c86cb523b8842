package io.rist4j;

/** Settings of a Simple profile session (VSF TR-06-1:2020). Immutable. */
public final class SimpleConfig extends RistConfig {
    private SimpleConfig(Settings settings) {
        super(settings);
    }

    @Override
    public RistProfile profile() {
        return RistProfile.SIMPLE;
    }

    @Override
    public Builder toBuilder() {
        return new Builder(settings());
    }

    /** Media takes an even port, RTCP the next one (TR-06-1:2020 §5.1.1). */
    @Override
    void checkPort(int port) {
        if (port < 2 || port > 65_534 || port % 2 != 0) {
            throw new RistConfigException(
                    "port",
                    "port "
                            + port
                            + (port % 2 != 0 ? " is odd" : " is out of range")
                            + "; the simple profile takes an even port, 2..65534, and the next one"
                            + " for RTCP");
        }
    }

    /** Collects the settings of a {@link SimpleConfig}. Not thread-safe. */
    public static final class Builder extends RistConfigBuilder<Builder> {
        Builder(Settings settings) {
            super(settings);
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        public SenderBuilder forSender() {
            return new SenderBuilder(this);
        }

        @Override
        public ReceiverBuilder forReceiver() {
            return new ReceiverBuilder(this);
        }

        @Override
        RistProfile profile() {
            return RistProfile.SIMPLE;
        }

        @Override
        public SimpleConfig build() {
            return build(Naming.FIELDS);
        }

        @Override
        SimpleConfig build(Naming naming) {
            return new SimpleConfig(checked(naming));
        }
    }

    /** Collects what only a sender has. Not thread-safe. */
    public static final class SenderBuilder extends SenderConfigBuilder<SenderBuilder> {
        private SenderBuilder(Builder settings) {
            super(settings);
        }

        @Override
        SenderBuilder self() {
            return this;
        }
    }

    /** Collects what only a receiver has. Not thread-safe. */
    public static final class ReceiverBuilder extends ReceiverConfigBuilder<ReceiverBuilder> {
        private ReceiverBuilder(Builder settings) {
            super(settings);
        }

        @Override
        ReceiverBuilder self() {
            return this;
        }
    }
}
