package dev.rollcall.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.usecase.Scope;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the key to be made is like.
 *
 * @param name as {@link dev.rollcall.people.PersonName} takes it
 * @param scopes not empty
 * @param expiresAt in the future, or null
 */
record KeyRequest(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {

    private static final int MAX_BYTES = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFields.JSON.copy().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    KeyRequest {
        scopes = Set.copyOf(scopes);
    }

    static KeyRequest read(InputStream body, long length, Instant now) throws IOException, InvalidRequestException {
        JsonNode json = json(BodyInput.readSmall(body, length, MAX_BYTES));
        if (!json.isObject()) {
            throw FaceRequest.invalid("the body must be a JSON object");
        }
        return new KeyRequest(Fields.name("name", text(json, "name")), scopes(json.path("scopes")), expiry(json, now));
    }

    /** Only UTF-8 is read, which RFC 8259 asks for; Jackson by itself would guess at other encodings. */
    private static JsonNode json(byte[] body) throws InvalidRequestException {
        try {
            return JSON.readTree(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            throw FaceRequest.invalid("the body is not text in UTF-8");
        } catch (StreamReadException e) {
            throw FaceRequest.invalid("the body is not valid JSON, or names a field twice");
        } catch (JsonProcessingException e) {
            throw FaceRequest.invalid("the body must be one JSON object and nothing else");
        }
    }

    private static Set<Scope> scopes(JsonNode names) throws InvalidRequestException {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (JsonNode name : names) {
            scopes.add(Scope.parse(name.asText()).orElseThrow(KeyRequest::notScopes));
        }
        if (!names.isArray() || scopes.isEmpty()) {
            throw notScopes();
        }
        return scopes;
    }

    private static InvalidRequestException notScopes() {
        return FaceRequest.invalid("scopes", "scopes must be a list of admin, enroll, recognize and read");
    }

    private static @Nullable Instant expiry(JsonNode json, Instant now) throws InvalidRequestException {
        String text = text(json, "expires_at");
        Instant expiresAt = text == null ? null : Fields.instant("expires_at", text);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw FaceRequest.invalid("expires_at", "expires_at must be in the future");
        }
        return expiresAt;
    }

    private static @Nullable String text(JsonNode json, String field) throws InvalidRequestException {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw FaceRequest.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
