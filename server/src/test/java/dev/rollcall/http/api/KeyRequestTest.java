package dev.rollcall.http.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.Scope;
import dev.rollcall.openapi.ApiDocument;
import dev.rollcall.outcome.Code;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRequestTest {

    private static final Instant NOW = Instant.parse("2026-01-31T08:00:00Z");
    private static final String GATE = "{\"name\":\"gate\",\"scopes\":[\"read\"]}";

    @Test
    void request_isRead() throws Exception {
        KeyRequest request = read(GATE.getBytes(StandardCharsets.UTF_8));

        assertThat(request.name()).isEqualTo("gate");
        assertThat(request.scopes()).containsExactly(Scope.READ);
        assertThat(request.expiresAt()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                GATE + " {\"scopes\":[\"admin\"]}",
                GATE + "x",
                GATE + "]",
                "{\"name\":\"gate\",\"scopes\":[\"read\"],\"scopes\":[\"admin\"]}",
                "{\"name\":\"gate\",\"name\":\"other\",\"scopes\":[\"read\"]}",
                ""
            })
    void anythingButOneObjectWithEachFieldOnce_isRefused(String body) {
        assertRefused(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE"})
    void otherEncodings_areRefused(String charset) {
        assertRefused(GATE.getBytes(Charset.forName(charset)));
        assertRefused("{\"name\":\"gätä\",\"scopes\":[\"read\"]}".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(new byte[] {0, 0, 0, '{', '"', 'a'});
    }

    @Test
    void fieldsThatAreRead_areTheDescribedOnes() throws Exception {
        Set<String> described = ApiDocument.read().fields("NewKeyRequest");
        assertThat(described).hasSize(KeyRequest.class.getRecordComponents().length);
        ObjectNode valid = new ObjectMapper()
                .createObjectNode()
                .put("name", "gate")
                .put("expires_at", NOW.plusSeconds(60).toString());
        valid.putArray("scopes").add("read");
        assertThat(read(valid.toString().getBytes(StandardCharsets.UTF_8)).expiresAt())
                .isNotNull();

        for (String field : described) {
            byte[] body = valid.deepCopy().put(field, 1).toString().getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                            e.refusal().facts())
                    .containsEntry("field", field));
        }
    }

    private static void assertRefused(byte[] body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(RefusedException.class, e -> assertThat(
                        e.refusal().code())
                .isEqualTo(Code.INVALID_REQUEST));
    }

    private static KeyRequest read(byte[] body) throws IOException {
        return KeyRequest.read(new ByteArrayInputStream(body), body.length, NOW);
    }
}
