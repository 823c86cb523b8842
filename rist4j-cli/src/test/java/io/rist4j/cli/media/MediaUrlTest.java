package io.rist4j.cli.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rist4j.cli.UsageException;
import io.rist4j.cli.media.MediaUrl.Direction;
import io.rist4j.cli.media.MediaUrl.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaUrlTest {
    @ParameterizedTest
    @CsvSource({
        "udp://127.0.0.1:5000, UDP, 127.0.0.1, 5000",
        "udp://@:5000, UDP, 0.0.0.0, 5000",
        "udp://@:0, UDP, 0.0.0.0, 0",
        "udp://@239.1.2.3:1234, UDP, 239.1.2.3, 1234",
        "rtp://[::1]:5000, RTP, ::1, 5000",
        "udp://@[]:5000, UDP, ::, 5000",
        "udp://example.net:5000/, UDP, example.net, 5000",
    })
    void readsHostAndPort(String text, Kind kind, String host, int port) {
        MediaUrl url = MediaUrl.parse(text, Direction.INPUT);

        assertThat(url.kind()).isEqualTo(kind);
        assertThat(url.host()).isEqualTo(host);
        assertThat(url.port()).isEqualTo(port);
        assertThat(url).hasToString(text);
    }

    @Test
    void readsParameters() {
        MediaUrl url =
                MediaUrl.parse(
                        "rtp://239.1.2.3:1234?miface=lo&ttl=7&rtp-ptype=96&rtp-sequence=1"
                                + "&rtp-timestamp=1&stream-id=0&multiplex-mode=-1",
                        Direction.OUTPUT);

        assertThat(url.networkInterface()).isEqualTo("lo");
        assertThat(url.multicastTtl()).isEqualTo(7);
        assertThat(url.rtpPayloadType()).isEqualTo(96);
        assertThat(url.keepsRistSequence()).isTrue();
        assertThat(url.multicastSource()).isNull();
    }

    @Test
    void readsSourceSpecificMulticast() {
        MediaUrl url = MediaUrl.parse("udp://@232.1.2.3:1234?source=10.0.0.1", Direction.INPUT);

        assertThat(url.multicastSource()).isEqualTo("10.0.0.1");
        assertThat(url.multicastTtl()).isEqualTo(-1);
        assertThat(url.rtpPayloadType()).isEqualTo(33);
    }

    @Test
    void takesPathsAndStandardStreams() {
        assertThat(MediaUrl.parse("-", Direction.INPUT).kind()).isEqualTo(Kind.STANDARD);
        assertThat(MediaUrl.parse("a:b.ts", Direction.INPUT).path()).isEqualTo("a:b.ts");
        assertThat(MediaUrl.parse("file:///tmp/a.ts", Direction.INPUT).path())
                .isEqualTo("/tmp/a.ts");
    }

    @Test
    void readsLists() {
        assertThat(MediaUrl.parseList("out.ts,udp://h:2,-", Direction.OUTPUT))
                .extracting(MediaUrl::kind)
                .containsExactly(Kind.FILE, Kind.UDP, Kind.STANDARD);
        String twentyOne = "a" + ",a".repeat(20);
        assertThatThrownBy(() -> MediaUrl.parseList(twentyOne, Direction.OUTPUT))
                .isInstanceOf(UsageException.class)
                .hasMessage("21 outputs; at most 20 work");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    INPUT  | udp://host                         | udp://host: port missing
                    INPUT  | udp://[::1]                        | udp://[::1]: port missing
                    INPUT  | udp://::1:5000                     | udp://::1:5000: put an IPv6 address in brackets: [::1]
                    OUTPUT | udp://h:0                          | udp://h:0: port 0 is outside 1..65535
                    OUTPUT | udp://h:x                          | udp://h:x: port x is outside 1..65535
                    INPUT  | udp://h:x                          | udp://h:x: port x is outside 0..65535
                    OUTPUT | udp://:5000                        | udp://:5000: host missing
                    INPUT  | srt://h:1                          | srt://h:1: unknown scheme; use a path, -, udp:// or rtp://
                    INPUT  | rist://h:2                         | rist://h:2: rist:// cannot be the input here; rist relay takes it
                    INPUT  | udp://h:1?pkt_size=1316            | udp://h:1?pkt_size=1316: unknown parameter pkt_size; datagrams keep the size that they have; leave it out
                    INPUT  | udp://10.0.0.1@239.1.1.1:5         | udp://10.0.0.1@239.1.1.1:5: the source of a group is a parameter: @239.1.1.1:5?source=10.0.0.1
                    INPUT  | udp://h:1?mifce=lo                 | udp://h:1?mifce=lo: unknown parameter mifce; the nearest known one is miface
                    INPUT  | udp://h:1?miface                   | udp://h:1?miface: miface needs a value
                    OUTPUT | udp://h:1?ttl=300                  | udp://h:1?ttl=300: ttl 300 is outside 0..255
                    INPUT  | udp://h:1?ttl=3                    | udp://h:1?ttl=3: ttl acts on an output only
                    OUTPUT | udp://h:1?source=1.2.3.4           | udp://h:1?source=1.2.3.4: source acts on an input only
                    OUTPUT | udp://h:1?rtp-ptype=96             | udp://h:1?rtp-ptype=96: rtp-ptype acts on an rtp:// output only
                    INPUT  | rtp://h:1?rtp-timestamp=1          | rtp://h:1?rtp-timestamp=1: rtp-timestamp 1 acts on an rtp:// output only
                    INPUT  | udp://h:1?stream-id=1969           | udp://h:1?stream-id=1969: stream-id 1969 is odd; an input's is even
                    INPUT  | udp://h:1?multiplex-mode=1         | udp://h:1?multiplex-mode=1: multiplex-mode 1 acts on an output only
                    OUTPUT | udp://h:1?stream-id=65536          | udp://h:1?stream-id=65536: stream-id 65536 is outside 0..65535
                    OUTPUT | udp://h:1?multiplex-mode=3         | udp://h:1?multiplex-mode=3: multiplex-mode 3 is outside -1..2
                    """)
    void refusesWithOneClearLine(Direction direction, String text, String message) {
        assertThatThrownBy(() -> MediaUrl.parse(text, direction))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }

    @Test
    void refusesListsThatCannotWork() {
        assertThatThrownBy(() -> MediaUrl.parseList("a,,b", Direction.INPUT))
                .hasMessage("empty input in the list");
        assertThatThrownBy(() -> MediaUrl.parseList("-,a", Direction.INPUT))
                .hasMessage("standard input cannot be one of several inputs");
    }
}
