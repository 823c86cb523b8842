package io.rist4j.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.rist4j.net.nio.NioPortProvider;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Why a kind of port serves, as people are told. */
class PortReasonTest {
    private static PortProvider better(String obstacle) {
        return new PortProvider() {
            @Override
            public String name() {
                return "better";
            }

            @Override
            public boolean isUsable() {
                return obstacle.isEmpty();
            }

            @Override
            public String obstacle() {
                return obstacle;
            }

            @Override
            public int preference() {
                return 10;
            }

            @Override
            public PortPoller newPoller() {
                throw new UnsupportedOperationException();
            }
        };
    }

    @Test
    void namesWhatKeepsABetterOneFromServing() {
        assertThat(
                        PortProviders.reason(
                                List.of(better("no native access"), new NioPortProvider()), "nio"))
                .isEqualTo("better does not work here: no native access");
    }

    @Test
    void saysThatItIsTheBestOrTheOnlyOne() {
        List<PortProvider> both = List.of(better(""), new NioPortProvider());
        assertThat(PortProviders.reason(both, "better")).isEqualTo("the best that works here");
        assertThat(PortProviders.reason(List.of(new NioPortProvider()), "nio"))
                .startsWith("the only one there: rist4j-linux is missing");
    }

    @Test
    void tellsWhetherItWasAskedFor() {
        assertThat(PortProviders.reason("nio", "nio")).isEqualTo("asked for by name");
    }
}
