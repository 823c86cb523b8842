package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

class RistConfigTest {
    @Test
    void hasTheDefaultsOfALiveStream() {
        SimpleConfig config = RistConfig.simple().build();

        assertThat(config.profile()).isEqualTo(RistProfile.SIMPLE);
        assertThat(config.recoveryBuffer()).hasMillis(1000);
        assertThat(config.recoveryBufferMin()).hasMillis(1000);
        assertThat(config.recoveryBufferMax()).hasMillis(1000);
        assertThat(config.reorderBuffer()).hasMillis(15);
        assertThat(config.rttMin()).hasMillis(5);
        assertThat(config.rttMax()).hasMillis(500);
        assertThat(config.rttMultiplier()).isEqualTo(7);
        assertThat(config.minRetries()).isEqualTo(6);
        assertThat(config.maxRetries()).isEqualTo(20);
        assertThat(config.maxBitrate()).isEmpty();
        assertThat(config.returnBitrate()).isEqualTo(Bitrate.ZERO);
        assertThat(config.congestionControl()).isEqualTo(CongestionControl.NORMAL);
        assertThat(config.timingMode()).isEqualTo(TimingMode.SOURCE);
        assertThat(config.sessionTimeout()).hasSeconds(2);
        assertThat(config.keepaliveInterval()).hasMillis(100);
        assertThat(config.cname()).isEmpty();
        assertThat(config.flowId()).isEmpty();
        assertThat(config.requestFormat()).isEqualTo(RequestFormat.RANGE);
        assertThat(config.requestRedundancy()).isTrue();
        assertThat(config.tailRepair()).isTrue();
        assertThat(config.startRepair()).isTrue();
        assertThat(config.playoutTolerance()).hasMillis(1);
        assertThat(config.overflowPolicy()).isEmpty();
        assertThat(config.queuePackets()).isEqualTo(4096);
        assertThat(config.weight()).isZero();
        assertThat(config.recoveryPriority()).isZero();
        assertThat(config.networkInterface()).isEmpty();
        assertThat(config.multicastTtl()).isEmpty();
        assertThat(config.multicastSource()).isEmpty();
        assertThat(config.multicastLoopback()).isFalse();
        assertThat(config.localPort()).isZero();
    }

    @Test
    void saysWhichFieldIsOutsideOfWhichRange() {
        assertThatThrownBy(() -> RistConfig.simple().recoveryBuffer(Duration.ofMillis(20)).build())
                .isInstanceOfSatisfying(
                        RistConfigException.class,
                        e -> assertThat(e.field()).isEqualTo("recoveryBuffer"))
                .hasMessage("recoveryBuffer 20 ms is outside 50 ms..30 s");
        assertThatThrownBy(() -> RistConfig.simple().recoveryBufferMin(Duration.ofDays(1)).build())
                .hasMessage("recoveryBufferMin 1 d is outside 50 ms..30 s");
        assertThatThrownBy(() -> RistConfig.simple().forSender().flowId(3).build())
                .hasMessageStartingWith("flowId 0x00000003 is outside the even numbers");
        assertThatThrownBy(() -> RistConfig.simple().localPort(5001).build())
                .hasMessage("localPort 5001 is outside the even numbers 0..65534");
        assertThatThrownBy(() -> RistConfig.simple().cname("a&b").build())
                .hasMessage("cname holds '&', which a rist URL has no way to write");
        assertThatThrownBy(() ->
                        RistConfig.simple()
                                .rttMin(Duration.ofMillis(40))
                                .rttMax(Duration.ofMillis(20))
                                .build())
                .hasMessage("rttMin 40 ms is above rttMax 20 ms");
    }

    @Test
    void letsADefaultGiveWay() {
        assertThat(RistConfig.simple().maxRetries(4).build().minRetries()).isEqualTo(4);
        assertThat(RistConfig.simple().forReceiver().minRetries(40).build().asConfig().maxRetries())
                .isEqualTo(40);
        assertThat(RistConfig.simple().rttMax(Duration.ofMillis(2)).build().rttMin()).hasMillis(2);
        assertThat(RistConfig.simple().rttMin(Duration.ofMillis(700)).build().rttMax())
                .hasMillis(700);
        assertThat(
                        RistConfig.simple()
                                .keepaliveInterval(Duration.ofSeconds(1))
                                .build()
                                .sessionTimeout())
                .hasSeconds(3);
    }

    @Test
    void beginsMidwayBetweenTheBoundsOfTheBuffer() {
        var config =
                RistConfig.simple()
                        .recoveryBufferMin(Duration.ofMillis(100))
                        .recoveryBufferMax(Duration.ofMillis(800))
                        .build();

        assertThat(config.recoveryBuffer()).hasMillis(450);
    }

    @Test
    void comparesWhatSettingsMean() {
        RistConfig implied = RistConfig.simple().build();
        RistConfig spelled =
                RistConfig.simple()
                        .recoveryBuffer(Duration.ofSeconds(1))
                        .forSender()
                        .weight(0)
                        .build()
                        .asConfig();

        assertThat(spelled).isEqualTo(implied).hasSameHashCodeAs(implied);
        assertThat(spelled.toBuilder().forSender().weight(1).build().asConfig())
                .isNotEqualTo(implied);
        assertThat(spelled.toBuilder().cname("x").build()).isNotEqualTo(implied);
    }

    @Test
    void keepsEverySettingThroughToBuilder() throws Exception {
        RistConfig config =
                RistConfig.simple()
                        .recoveryBufferMin(Duration.ofMillis(200))
                        .multicastSource(InetAddress.getByName("192.0.2.9"))
                        .multicastTtl(4)
                        .networkInterface("lo")
                        .cname("studio")
                        .build();

        assertThat(config.toBuilder().build()).isEqualTo(config);
        assertThat(config)
                .hasToString(
                        "simple[buffer-min=200&cname=studio&miface=lo&ttl=4&source=192.0.2.9]");
    }

    @Test
    void hasABuilderMethodAndAnAccessorForEveryParameter() {
        Set<String> builder = methods(RistConfigBuilder.class);
        builder.addAll(methods(MainConfig.Builder.class));
        builder.addAll(methods(SenderConfigBuilder.class));
        builder.addAll(methods(MainConfig.SenderBuilder.class));
        builder.addAll(methods(ReceiverConfigBuilder.class));
        Set<String> accessors = methods(RistConfig.class);
        accessors.addAll(methods(MainConfig.class));

        assertThat(RistUri.parameters())
                .filteredOn(p -> !p.field().isEmpty())
                .allSatisfy(p -> assertThat(builder).contains(p.field()))
                .filteredOn(p -> !p.field().equals("rtt"))
                .allSatisfy(p -> assertThat(accessors).contains(p.field()));
    }

    /** What acts at one end does not compile at the other. */
    @Test
    void offersWhatActsAtOneEndToThatEndOnly() {
        Set<String> both = methods(RistConfigBuilder.class);
        both.addAll(methods(MainConfig.Builder.class));
        Set<String> sender = methods(SenderConfigBuilder.class);
        sender.addAll(methods(MainConfig.SenderBuilder.class));
        Set<String> receiver = methods(ReceiverConfigBuilder.class);

        assertThat(RistUri.parameters())
                .filteredOn(p -> !p.field().isEmpty())
                .allSatisfy(p -> {
                    assertThat(both.contains(p.field())).isEqualTo(p.actsAt().equals("both"));
                    assertThat(sender.contains(p.field())).isEqualTo(p.actsAt().equals("sender"));
                    assertThat(receiver.contains(p.field()))
                            .isEqualTo(p.actsAt().equals("receiver"));
                });
        assertThat(SenderConfig.class.isAssignableFrom(ReceiverSettings.class)).isFalse();
        assertThat(ReceiverConfig.class.isAssignableFrom(SenderSettings.class)).isFalse();
    }

    private static Set<String> methods(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .map(Method::getName)
                .collect(Collectors.toSet());
    }
}
