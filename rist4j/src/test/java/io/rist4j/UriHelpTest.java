package io.rist4j;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

class UriHelpTest {
    /** Relative to the module, where Maven runs its tests. */
    private static final Path PAGE = Path.of("../docs/url-parameters.md");

    @Test
    void documentsEveryParameterInThePageOfTheDocumentation() throws IOException {
        String table = page();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, table);
        }

        assertThat(PAGE)
                .as("written anew by: ./mvnw -pl rist4j -am verify -DargLine=-Ddocs.write=true")
                .hasContent(table);
    }

    @Test
    void showsEveryParameterInTheHelp() {
        String help = RistUri.help();

        assertThat(RistUri.parameters())
                .allSatisfy(p -> assertThat(help).containsPattern("(?m)^  " + p.name() + " "));
        assertThat(help.lines()).allSatisfy(l -> assertThat(l.length()).isLessThanOrEqualTo(100));
    }

    private static String page() {
        var page = new StringBuilder();
        page.append("# Parameters of rist:// URLs\n\n");
        page.append("`rist://[@]host:port[?name=value&name=value...]`\n\n");
        page.append(
                """
                A leading `@` listens, otherwise the URL dials. An empty host listens on every address (`@[]` for IPv6); IPv6
                addresses go in brackets. On the Simple profile the port is even and RTCP takes the next one. To listen
                on port 0 is to listen on one that the system chooses, a pair on Simple. Nothing is percent-decoded. Of two parameters with one name the later wins; `buffer-min`, `buffer-max`, `rtt-min`, `rtt-max`
                and `keepalive-interval` win over `buffer`, `rtt` and `keepalive` in any order. A default gives way where another
                parameter contradicts it. A profile that lacks a parameter refuses it, unless its value asks for nothing
                (`require-encryption=0`, `srp-compat=auto`). A parameter that acts at one end only is accepted at the other, so that both ends may
                be given the same URL parameters. Several URLs are the paths of one session: what is not per path is set in the
                first, or alike in all.

                """);
        page.append(
                "| name | `RistConfig` | value | default | acts at | profiles | per path | meaning |\n");
        page.append("|---|---|---|---|---|---|---|---|\n");
        RistUri.parameters().stream().filter(RistParameter::available).forEach(p -> row(page, p));
        page.append("\n## In the URLs of other tools\n\n");
        page.append("A refusal of the word on the left names the parameter on the right.\n\n");
        page.append("| word | here |\n|---|---|\n");
        RistUri.parameters()
                .forEach(p ->
                        p.elsewhere()
                                .forEach(word ->
                                        page.append("| `" + word + "` | `" + p.name() + "` |\n")));
        page.append("\n## Refused by name\n\n");
        page.append(
                "Parameters of other implementations that cannot act here; a value that asks for"
                        + " nothing (`compression=0`, `split=off`) is taken.\n\n");
        page.append("| name | why |\n|---|---|\n");
        RistUri.parameters().stream()
                .filter(p -> !p.available())
                .forEach(p ->
                        page.append(
                                "| `" + p.name() + "` | " + p.name() + " " + p.meaning() + " |\n"));
        return page.toString();
    }

    private static void row(StringBuilder page, RistParameter p) {
        String unit = p.unit().isEmpty() ? "" : ", in " + p.unit();
        page.append("| `" + p.name() + "` | ")
                .append(p.field().isEmpty() ? "" : "`" + p.field() + "`")
                .append(" | ")
                .append((p.range() + unit).replace("|", "\\|"))
                .append(" | " + p.defaultValue() + " | " + p.actsAt() + " | ")
                .append(
                        p.profiles().size() == RistProfile.values().length
                                ? "all"
                                : p.profiles().stream()
                                        .sorted()
                                        .map(RistProfile::toString)
                                        .collect(Collectors.joining(", ")))
                .append(" | ")
                .append(p.perPath() ? "yes" : "")
                .append(" | " + p.meaning() + " |\n");
    }
}
