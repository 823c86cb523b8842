package io.rist4j.cli.media;

import java.util.regex.Pattern;

/** URLs as people may see them: in logs, in messages, on the screen of somebody else. */
public final class Redaction {
    private static final Pattern SECRET =
            Pattern.compile("([?&](?:secret|password)=)[^&,\\s]*", Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /**
     * Hides what is secret.
     *
     * @param urls one URL, or several with commas between them
     */
    public static String of(String urls) {
        return SECRET.matcher(urls).replaceAll("$1***");
    }
}
