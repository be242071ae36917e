package dev.rollcall.http.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.http.admission.SmallBodies;
import dev.rollcall.http.problem.RefusedException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The reader of a small body in JSON. */
public final class SmallJson {

    /** Most bytes of such a body. */
    public static final int MAX_BYTES = SmallBodies.MAX_BYTES;

    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFields.JSON.copy().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private SmallJson() {}

    /**
     * Reads a body that is one JSON object; throws {@link RefusedException} if it is anything else.
     *
     * @param length the header's Content-Length, or −1; a hint, not trusted
     */
    public static ObjectNode read(InputStream body, long length) {
        return object(BodyInput.readSmall(body, length, MAX_BYTES));
    }

    /** Reads a body that may also be empty, which counts as an object without fields. */
    public static ObjectNode readIfAny(InputStream body, long length) {
        byte[] bytes = BodyInput.readSmall(body, length, MAX_BYTES);
        return bytes.length == 0 ? JSON.createObjectNode() : object(bytes);
    }

    private static ObjectNode object(byte[] body) {
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw RefusedException.invalid("the body must be a JSON object");
    }

    /** Reads UTF-8 only, as RFC 8259 requires; Jackson by itself would detect other encodings. */
    private static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            throw RefusedException.invalid("the body is not text in UTF-8");
        } catch (StreamReadException e) {
            throw RefusedException.invalid("the body is not valid JSON, or names a field twice");
        } catch (JsonProcessingException e) {
            throw RefusedException.invalid("the body must be one JSON object and nothing else");
        }
    }
}
