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
        int side = code.size + 2 * BORDER;
        StringBuilder modules = new StringBuilder();
        for (int y = 0; y < code.size; y++) {
            for (int x = 0; x < code.size; x++) {
                if (code.getModule(x, y)) {
                    modules.append("M%d,%dh1v1h-1z".formatted(x + BORDER, y + BORDER));
                }
            }
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0,0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>
                """.formatted(side, modules);
    }
}
