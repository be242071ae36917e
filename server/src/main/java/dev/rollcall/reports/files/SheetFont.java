package dev.rollcall.reports.files;

import com.lowagie.text.Font;
import com.lowagie.text.pdf.BaseFont;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The font of month sheets: DejaVu Sans, of which a PDF gets the characters that it uses. It has Latin, Cyrillic, Greek, Hebrew, Arabic,
 * Armenian and Georgian letters; a square stands for what it doesn't have. For one file.
 */
final class SheetFont {

    /** Stands for a character that the font doesn't have. */
    static final String SQUARE = "\u25a1";

    private static final String FILE = "/fonts/DejaVuSans.ttf";

    private final BaseFont font;
    private boolean hasMissed;

    private SheetFont(BaseFont font) {
        this.font = font;
    }

    /** Reads the font, which takes some 3 MB. */
    static SheetFont read() {
        try (InputStream file = SheetFont.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new FileNotFoundException(FILE);
            }
            return new SheetFont(BaseFont.createFont(
                    "DejaVuSans.ttf", BaseFont.IDENTITY_H, BaseFont.EMBEDDED, false, file.readAllBytes(), null));
        } catch (IOException e) {
            throw new UncheckedIOException("the font can't be read", e);
        }
    }

    Font size(float points) {
        return new Font(font, points);
    }

    /** A text with a square for each character that the font doesn't have; marks and joiners of such characters are left out. */
    String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(point -> {
            if (Character.getType(point) == Character.FORMAT) {
                return;
            }
            if (Character.isBmpCodePoint(point) && !Character.isISOControl(point) && font.charExists(point)) {
                shown.appendCodePoint(point);
            } else {
                hasMissed = true;
                shown.append(SQUARE);
            }
        });
        return shown.toString();
    }

    /** Whether a character had to be replaced. */
    boolean hasMissed() {
        return hasMissed;
    }
}
