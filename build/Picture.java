import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws docs/demo.svg from what {@code rist demo} wrote on a terminal: its last view while the
 * stream ran, and its last line.
 *
 * <pre>
 * RIST_TERMINAL=1 COLUMNS=100 ./rist demo 2>demo.txt
 * java build/Picture.java demo.txt docs/demo.svg
 * </pre>
 */
public final class Picture {
    private static final String REDRAW = "\r\u001b\\[\\d+A\u001b\\[J";
    private static final int COLUMNS = 96;
    private static final int WIDTH = 840;
    private static final int LINE_HEIGHT = 22;
    private static final String FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace";

    public static void main(String[] args) throws IOException {
        String[] views = Files.readString(Path.of(args[0])).split(REDRAW, -1);
        var lines = new ArrayList<String>();
        for (int i = views.length - 1; lines.isEmpty(); i--) {
            if (views[i].contains(" of ") && i < views.length - 1) {
                lines.addAll(views[i].strip().lines().map(line -> "  " + line.strip()).toList());
            }
        }
        lines.add("");
        lines.addAll(wrap(views[views.length - 1].strip().lines().toList().getLast()));
        Files.writeString(Path.of(args[1]), draw(lines));
    }

    private static List<String> wrap(String sentence) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder(" ");
        for (String word : sentence.split(" ", -1)) {
            if (line.length() + 1 + word.length() > COLUMNS) {
                lines.add(line.toString());
                line = new StringBuilder(" ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String draw(List<String> lines) {
        int height = (lines.size() + 1) * LINE_HEIGHT;
        var svg =
                new StringBuilder(
                        """
                        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" aria-label="rist demo in a terminal">
                        <rect width="%1$d" height="%2$d" rx="8" fill="#1e1f24"/>
                        """
                                .formatted(WIDTH, height));
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                svg.append(
                        """
                        <text x="12" y="%d" font-family="%s" font-size="14" fill="%s" xml:space="preserve">%s</text>
                        """
                                .formatted(
                                        (i + 1) * LINE_HEIGHT,
                                        FONT,
                                        colour(lines.get(i)),
                                        escape(lines.get(i))));
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String colour(String line) {
        return switch (line.strip().split(" ", 2)[0]) {
            case "stream" -> "#9ecbff";
            case "network" -> "#c9c9c9";
            case "loss" -> "#ffb86b";
            case "recovered", "lost" -> "#8ddb8c";
            default -> "#e6e6e6";
        };
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
