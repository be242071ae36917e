package dev.rollcall.http.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.BodyInput;
import dev.rollcall.http.wire.Fields;
import dev.rollcall.http.wire.JsonFields;
import dev.rollcall.keys.Scope;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a new API key.
 *
 * @param name valid for {@link dev.rollcall.people.PersonName}
 * @param scopes not empty
 * @param expiresAt in the future, or null
 */
record KeyRequest(String name, Set<Scope> scopes, @Nullable Instant expiresAt) {

    static final int MAX_BYTES = 16_384;
    private static final JsonMapper JSON = JsonMapper.builder(
                    JsonFields.JSON.copy().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION))
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    KeyRequest {
        scopes = Set.copyOf(scopes);
    }

    static KeyRequest read(InputStream body, long length, Instant now) {
        JsonNode json = json(BodyInput.readSmall(body, length, MAX_BYTES));
        if (!json.isObject()) {
            throw RefusedException.invalid("the body must be a JSON object");
        }
        return new KeyRequest(Fields.name("name", text(json, "name")), scopes(json.path("scopes")), expiry(json, now));
    }

    /** Reads UTF-8 only, as RFC 8259 requires; Jackson by itself would detect other encodings. */
    private static JsonNode json(byte[] body) {
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

    private static Set<Scope> scopes(JsonNode names) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (JsonNode name : names) {
            scopes.add(Scope.parse(name.asText()).orElseThrow(KeyRequest::notScopes));
        }
        if (!names.isArray() || scopes.isEmpty()) {
            throw notScopes();
        }
        return scopes;
    }

    private static RefusedException notScopes() {
        return RefusedException.invalid("scopes", "scopes must be a list of admin, enroll, recognize and read");
    }

    private static @Nullable Instant expiry(JsonNode json, Instant now) {
        String text = text(json, "expires_at");
        Instant expiresAt = text == null ? null : Fields.instant("expires_at", text);
        if (expiresAt != null && !expiresAt.isAfter(now)) {
            throw RefusedException.invalid("expires_at", "expires_at must be in the future");
        }
        return expiresAt;
    }

    private static @Nullable String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw RefusedException.invalid(field, field + " must be a string");
        }
        return value.textValue();
    }
}
