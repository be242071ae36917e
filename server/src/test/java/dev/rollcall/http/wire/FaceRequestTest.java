package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.sites.Position;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceRequestTest {

    @Test
    void fields_areReadByTheirNames() {
        FaceRequest request = new FaceRequest(
                Map.of(
                        "user_id",
                        "emp-1",
                        "name",
                        " Ann ",
                        "replace",
                        "true",
                        "consent_at",
                        "2026-01-31T08:00:00+01:00"),
                List.of(new byte[] {1, 2}));

        assertThat(request.userId().value()).isEqualTo("emp-1");
        assertThat(request.userIdToEnroll().value()).isEqualTo("emp-1");
        assertThat(request.name().value()).isEqualTo("Ann");
        assertThat(request.flag("replace")).isTrue();
        assertThat(request.consentAt()).isEqualTo(Instant.parse("2026-01-31T07:00:00Z"));
        assertThat(request.pictures().get(0)).containsExactly(1, 2);
        assertThat(request.pictureBytes()).isEqualTo(2);
    }

    @Test
    void fieldsOfAMark_areReadByTheirNames() {
        FaceRequest request = new FaceRequest(
                Map.of(
                        "direction",
                        "out",
                        "captured_at",
                        "2026-01-31T08:00:00+01:00",
                        "latitude",
                        "36.7213",
                        "longitude",
                        "-4.4214",
                        "accuracy_m",
                        "12"),
                List.of());

        assertThat(request.markDetails())
                .isEqualTo(new MarkDetails(
                        Direction.OUT, Instant.parse("2026-01-31T07:00:00Z"), new Position(36.7213, -4.4214, 12)));
        assertThat(new FaceRequest(Map.of(), List.of()).markDetails()).isEqualTo(MarkDetails.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-01-31", "2026-01-31T08:00:00"})
    void captureAtNoInstant_isRefused(String text) {
        assertThat(Refusals.of(() -> new FaceRequest(Map.of("captured_at", text), List.of()).markDetails()))
                .isEqualTo(invalid("captured_at", "captured_at must be an instant like 2026-01-31T08:00:00Z"));
    }

    @Test
    void missingFields_areNamedOrHaveADefault() {
        FaceRequest request = new FaceRequest(Map.of(), List.of());

        assertThat(Refusals.of(request::userId)).isEqualTo(invalid("user_id", "user_id is missing"));
        assertThat(Refusals.of(request::name)).isEqualTo(invalid("name", "name is missing"));
        assertThat(Refusals.of(request::pictures)).isEqualTo(invalid("image", "image is missing"));
        assertThat(request.flag("replace")).isFalse();
        assertThat(request.consentAt()).isNull();
        assertThat(request.pictureBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b"})
    void userIdOfNoForm_isRefused(String text) {
        assertThat(Refusals.of(() -> new FaceRequest(Map.of("user_id", text), List.of()).userId()))
                .isEqualTo(invalid("user_id", "user_id must be 1 to 64 letters, digits and . _ - @ :"));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void userIdOfDots_isAskedForAndNotEnrolled(String text) {
        FaceRequest request = new FaceRequest(Map.of("user_id", text), List.of());

        assertThat(request.userId().value()).isEqualTo(text);
        assertThat(Refusals.of(request::userIdToEnroll))
                .isEqualTo(invalid("user_id", "user_id must be more than one or two dots"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "1", "yes"})
    void flagThatIsNeitherTrueNorFalse_isRefused(String text) {
        assertThat(Refusals.of(() -> new FaceRequest(Map.of("replace", text), List.of()).flag("replace")))
                .isEqualTo(invalid("replace", "replace must be true or false"));
        assertThat(new FaceRequest(Map.of("replace", "false"), List.of()).flag("replace"))
                .isFalse();
    }

    private static Refusal invalid(String field, String detail) {
        return new Refusal(Code.INVALID_REQUEST, detail, Map.of("field", field));
    }
}
