package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class IdempotencyKeyTest {

    private static final UserId ANN = new UserId("ann");
    private static final byte[] PICTURE = {1, 2, 3};

    @Test
    void requestWithoutTheHeader_isNoAttempt() {
        assertThat(IdempotencyKey.attempt(new GivenHeaders(0, Map.of()), "caller", List.of("ann"), List.of(PICTURE)))
                .isEmpty();
    }

    @Property
    void printableKey_isTakenAndHidden(
            @ForAll @StringLength(min = 1, max = 255) @CharRange(from = '!', to = '~') String key) {
        Attempt attempt = attempt(key, "caller", ANN, PICTURE).orElseThrow();

        assertThat(attempt.key()).matches("[0-9a-f]{64}");
        assertThat(attempt.fingerprint()).matches("[0-9a-f]{64}");
        assertThat(attempt(key, "caller", ANN, PICTURE)).contains(attempt);
    }

    @Test
    void otherCallersAndKeys_areOtherKeys() {
        Set<String> keys = new HashSet<>();
        for (List<String> callerAndKey :
                List.of(List.of("a", "b"), List.of("a", "c"), List.of("b", "b"), List.of("ab", "b"))) {
            keys.add(attempt(callerAndKey.get(1), callerAndKey.get(0), ANN, PICTURE)
                    .orElseThrow()
                    .key());
        }

        assertThat(keys).hasSize(4);
    }

    @Test
    void otherPeopleAndPictures_areOtherRequests() {
        Set<String> prints = Set.of(
                print("caller", ANN, PICTURE),
                print("caller", new UserId("bob"), PICTURE),
                print("caller", ANN, new byte[] {1, 2}),
                print("caller", ANN, new byte[0]));

        assertThat(prints).hasSize(4);
        assertThat(print("another caller", ANN, PICTURE)).isEqualTo(print("caller", ANN, PICTURE));
    }

    @Test
    void numberAndOrderOfPictures_belongToTheRequest() {
        Set<String> prints = Set.of(
                printOf(new byte[] {1}, new byte[] {2}),
                printOf(new byte[] {2}, new byte[] {1}),
                printOf(new byte[] {1, 2}),
                printOf(new byte[] {1}, new byte[] {2}, new byte[0]));

        assertThat(prints).hasSize(4);
    }

    private static String printOf(byte[]... pictures) {
        return IdempotencyKey.attempt(
                        new GivenHeaders(0, Map.of("Idempotency-Key", "key")),
                        "caller",
                        List.of("identify"),
                        List.of(pictures))
                .orElseThrow()
                .fingerprint();
    }

    @Test
    void keyOfNoForm_isRefused() {
        for (String key : List.of("", " ", "a b", "a\u007f", "\u00e9", "x".repeat(256))) {
            assertThat(Refusals.of(() -> attempt(key, "caller", ANN, PICTURE)))
                    .isEqualTo(new Refusal(
                            Code.INVALID_REQUEST,
                            "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces",
                            Map.of("field", "Idempotency-Key")));
        }
    }

    private static String print(String caller, UserId userId, byte[] picture) {
        return attempt("key", caller, userId, picture).orElseThrow().fingerprint();
    }

    private static Optional<Attempt> attempt(String key, String caller, UserId userId, byte[] picture) {
        return IdempotencyKey.attempt(
                new GivenHeaders(0, Map.of("Idempotency-Key", key)),
                caller,
                List.of("recognize", userId.value()),
                List.of(picture));
    }
}
