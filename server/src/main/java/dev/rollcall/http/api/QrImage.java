package dev.rollcall.http.api;

import io.nayuki.qrcodegen.QrCode;

/** A QR code as an SVG. */
final class QrImage {

    /** Modules of white around a code, as readers need them (ISO/IEC 18004). */
    private static final int BORDER = 4;

    private QrImage() {}

    /** The image of a text, black on white, with a unit of length for each module. */
    static String of(String text) {
        QrCode code = QrCode.encodeText(text, QrCode.Ecc.MEDIUM);
        int side = side(code);
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0,0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
                """.formatted(side, path(code));
    }

    /** Width and height of the image of a code, with its border. */
    static int side(QrCode code) {
        return code.size + 2 * BORDER;
    }

    /** The dark modules of a code as the path of an SVG: a rectangle for each row of them. */
    static String path(QrCode code) {
        StringBuilder path = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            int end;
            for (int x = 0; x < code.size; x = end + 1) {
                end = x;
                while (code.getModule(end, y)) {
                    end++;
                }
                if (end > x) {
                    path.append("M%1$d,%2$dh%3$dv1h-%3$dz".formatted(x + BORDER, y + BORDER, end - x));
                }
            }
        }
        return path.toString();
    }
}
