package dev.rollcall.bench;

import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;

/** An HTML page with embedded images. */
final class HtmlPage {

    private final StringBuilder body = new StringBuilder();
    private final String title;

    HtmlPage(String title) {
        this.title = title;
    }

    void heading(String text) {
        body.append("<h2>").append(text).append("</h2>\n");
    }

    void paragraph(String text) {
        body.append("<p>").append(text).append("</p>\n");
    }

    /** A table of two columns. */
    void table(String first, String second, Map<String, String> rows) {
        body.append("<table><tr><th>")
                .append(first)
                .append("</th><th>")
                .append(second)
                .append("</th></tr>\n");
        rows.forEach((name, value) -> body.append("<tr><td>")
                .append(name)
                .append("</td><td>")
                .append(value)
                .append("</td></tr>\n"));
        body.append("</table>\n");
    }

    /** Adds a chart, unless it has no points. */
    void chart(XYChart chart) throws IOException {
        if (chart.getSeriesMap().isEmpty()) {
            return;
        }
        body.append(picture("png", BitmapEncoder.getBitmapBytes(chart, BitmapFormat.PNG), chart.getTitle()))
                .append('\n');
    }

    /**
     * One picture.
     *
     * @param type its format, such as {@code jpeg}
     */
    void figure(String type, byte[] picture, String caption) {
        body.append("<figure>")
                .append(picture(type, picture, "picture"))
                .append("<figcaption>")
                .append(caption)
                .append("</figcaption></figure>\n");
    }

    /** Two JPEGs side by side. */
    void figure(byte[] one, byte[] other, String caption) {
        body.append("<figure>")
                .append(picture("jpeg", one, "one"))
                .append(picture("jpeg", other, "other"))
                .append("<figcaption>")
                .append(caption)
                .append("</figcaption></figure>\n");
    }

    private static String picture(String type, byte[] bytes, String text) {
        return "<img alt=\"%s\" src=\"data:image/%s;base64,%s\">"
                .formatted(text, type, Base64.getEncoder().encodeToString(bytes));
    }

    @Override
    public String toString() {
        return """
                <!DOCTYPE html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title><style>
                body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
                table { border-collapse: collapse } td, th { border: 1px solid #ccc; padding: .2rem .7rem; text-align: left }
                figure { display: inline-block; margin: .5rem; font-size: 12px } figure img { width: 130px }
                </style></head><body><h1>%s</h1>
                %s</body></html>
                """.formatted(title, title, body);
    }
}
