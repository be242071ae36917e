package dev.rollcall.api;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload.MultipartStream;
import org.apache.commons.fileupload.ParameterParser;
import org.jspecify.annotations.Nullable;

/** Reads a multipart/form-data body with a picture in it, in memory: nothing of a picture touches the disk. */
final class FormFields {

    private static final String IMAGE = "image";
    private static final int BUFFER = 4096;
    private static final int MAX_PARTS = 20;
    private static final int MAX_TEXT = 10_000;

    private FormFields() {}

    static FaceRequest read(byte[] body, String contentType) throws InvalidRequestException {
        String boundary = parameters(contentType).get("boundary");
        if (boundary == null || boundary.isEmpty()) {
            throw FaceRequest.invalid("the form's Content-Type has no boundary");
        }
        Map<String, String> texts = new HashMap<>();
        byte[] image = null;
        try {
            MultipartStream parts = new MultipartStream(
                    new ByteArrayInputStream(body), boundary.getBytes(StandardCharsets.ISO_8859_1), BUFFER, null);
            boolean more = parts.skipPreamble();
            for (int count = 1; more; count++) {
                if (count > MAX_PARTS) {
                    throw FaceRequest.invalid("the form has too many fields");
                }
                Map<String, @Nullable String> disposition = disposition(parts.readHeaders());
                String field = disposition.get("name");
                byte[] content = content(parts);
                if (IMAGE.equals(field)) {
                    image = disposition.containsKey("filename") ? content : base64(content);
                } else if (field != null && FaceRequest.TEXTS.contains(field) && content.length <= MAX_TEXT) {
                    texts.put(field, new String(content, StandardCharsets.UTF_8));
                }
                more = parts.readBoundary();
            }
        } catch (IOException | IllegalArgumentException e) {
            throw FaceRequest.invalid("the form is damaged or incomplete");
        }
        return new FaceRequest(texts, image);
    }

    private static Map<String, @Nullable String> disposition(String headers) {
        for (String line : headers.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                return parameters(line.substring(line.indexOf(':') + 1));
            }
        }
        return Map.of();
    }

    private static byte[] content(MultipartStream parts) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        parts.readBodyData(content);
        return content.toByteArray();
    }

    private static byte[] base64(byte[] text) throws InvalidRequestException {
        return Base64Image.decode(text, 0, text.length);
    }

    private static Map<String, @Nullable String> parameters(String header) {
        ParameterParser parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        return parser.parse(header, ';');
    }
}
