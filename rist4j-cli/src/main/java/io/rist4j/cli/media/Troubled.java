package io.rist4j.cli.media;

import java.util.List;

/** What may leave something out and says so when it is asked. */
public interface Troubled {
    /** What was left out since the last call, a line for each reason. Of the pump's thread. */
    List<String> troubles();
}
