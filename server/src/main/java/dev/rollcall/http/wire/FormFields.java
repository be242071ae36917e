package dev.rollcall.http.wire;

import dev.rollcall.http.problem.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/**
 * The streaming parser of a multipart/form-data body with pictures: one in the field {@code image}, or several in fields
 * {@code images}. They are written to their sink while they are received; nothing is written to disk.
 */
final class FormFields {

    private static final String IMAGE = "image";
    private static final String IMAGES = "images";
    private static final int BUFFER = 4096;
    private static final int MAX_PARTS = 20;
    private static final int MAX_TEXT = 10_000;

    private FormFields() {}

    /**
     * Reads a body.
     *
     * @param pictures receives the pictures; of several fields {@code image}, the last one is used
     */
    static FaceRequest read(InputStream body, String contentType, PictureSink pictures) throws IOException {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw RefusedException.invalid("the form's Content-Type has no boundary");
        }
        Map<String, String> texts = new HashMap<>();
        Set<String> pictureFields = new HashSet<>();
        String unknown = null;
        AbortableInput input = new AbortableInput(body);
        try {
            MultipartStream parts =
                    new MultipartStream(input, boundary.getBytes(StandardCharsets.ISO_8859_1), BUFFER, null);
            boolean more = parts.skipPreamble();
            for (int count = 1; more; count++) {
                if (count > MAX_PARTS) {
                    throw RefusedException.invalid("the form has too many fields");
                }
                String field = readPart(parts, texts, new PictureOutput(pictures, input));
                if (IMAGE.equals(field) || IMAGES.equals(field)) {
                    pictureFields.add(field);
                } else if (field != null && !isText(field)) {
                    unknown = unknown == null ? field : unknown;
                }
                more = parts.readBoundary();
            }
            body.transferTo(OutputStream.nullOutputStream());
        } catch (MultipartStream.MalformedStreamException | IllegalArgumentException e) {
            throw RefusedException.invalid("the form is damaged or incomplete");
        }
        if (unknown != null) {
            throw Fields.unknown(unknown);
        }
        if (pictureFields.size() > 1) {
            throw RefusedException.invalid(IMAGES, "give image or images, not both");
        }
        return new FaceRequest(texts, pictures.pictures());
    }

    /** Reads a part; returns its field, or null if it has none. */
    private static @Nullable String readPart(MultipartStream parts, Map<String, String> texts, PictureOutput picture)
            throws IOException {
        Map<String, @Nullable String> disposition = disposition(parts.readHeaders());
        String field = disposition.get("name");
        if (IMAGE.equals(field) || IMAGES.equals(field)) {
            picture.begin(IMAGES.equals(field), !disposition.containsKey("filename"));
            parts.readBodyData(picture);
            picture.end();
        } else if (field != null && isText(field)) {
            ShortText text = new ShortText();
            parts.readBodyData(text);
            if (text.fits && texts.put(field, text.toString(StandardCharsets.UTF_8)) != null) {
                throw Fields.repeated(field);
            }
        } else {
            parts.discardBodyData();
        }
        return field;
    }

    private static boolean isText(String field) {
        return FaceRequest.TEXTS.contains(field) || PositionFields.NUMBERS.contains(field);
    }

    private static Map<String, @Nullable String> disposition(String headers) {
        for (String line : headers.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                return parameters(line.substring(line.indexOf(':') + 1));
            }
        }
        return Map.of();
    }

    private static Map<String, @Nullable String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }

    /** A body whose reading can be aborted: the multipart parser reads to the end of a part even if its output fails. */
    private static final class AbortableInput extends FilterInputStream {

        private @Nullable RefusedException reason;

        AbortableInput(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            if (reason != null) {
                throw reason;
            }
            return super.read();
        }

        @Override
        public int read(byte[] into, int start, int most) throws IOException {
            if (reason != null) {
                throw reason;
            }
            return super.read(into, start, most);
        }
    }

    /** The output for a part with a picture, which is a file or a text in base64. */
    private static final class PictureOutput extends OutputStream {

        private final PictureSink picture;
        private final Base64Sink base64;
        private final AbortableInput input;
        private boolean isText;

        PictureOutput(PictureSink picture, AbortableInput input) {
            this.picture = picture;
            this.base64 = new Base64Sink(picture);
            this.input = input;
        }

        void begin(boolean further, boolean text) {
            isText = text;
            if (further) {
                base64.beginNext();
            } else {
                base64.begin();
            }
        }

        void end() {
            if (isText) {
                base64.end();
            }
        }

        @Override
        public void write(int value) {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int count) {
            try {
                if (isText) {
                    base64.write(bytes, start, start + count);
                } else {
                    picture.write(bytes, start, count);
                }
            } catch (RefusedException e) {
                input.reason = e;
                throw e;
            }
        }
    }

    /** The content of a text field; a longer one than {@link #MAX_TEXT} is not stored. */
    private static final class ShortText extends ByteArrayOutputStream {

        private boolean fits = true;

        @Override
        public synchronized void write(int character) {
            fits &= count < MAX_TEXT;
            if (fits) {
                super.write(character);
            }
        }

        @Override
        public synchronized void write(byte[] text, int start, int more) {
            fits &= count + more <= MAX_TEXT;
            if (fits) {
                super.write(text, start, more);
            }
        }
    }
}
