package dev.rollcall.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.http.admission.BodyBudget;
import dev.rollcall.http.admission.BodyLease;
import dev.rollcall.http.admission.Budgets;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceRequestReaderTest {

    private static final int MAX_IMAGE = 600_000;

    /** Of which a fifth, for small pictures as all of these are, is room for exactly three of the largest. */
    private static final long BUDGET = 5L * 3 * 586 * 1024;

    private static final String JSON = "{\"user_id\":\"ann\",\"image\":\"aGk=\"}";
    private static final String FORM =
            "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\nhi\r\n--b--\r\n";

    private final RequestLimits limits = new RequestLimits(MAX_IMAGE, BUDGET);
    private final BodyBudget budget = Budgets.of(limits);
    private final FaceRequestReader reader = new FaceRequestReader(limits, budget);

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", ""})
    void bodyThatIsNoForm_isReadAsJson(String contentType) {
        try (HeldFaceRequest held = read(contentType, JSON.length(), JSON)) {
            assertThat(held.request().userId().value()).isEqualTo("ann");
            assertThat(held.request().pictures().get(0)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void bodyWithoutContentType_isReadAsJson() {
        InputStream body = new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8));
        try (HeldFaceRequest held = reader.read(new GivenHeaders(-1, Map.of()), body, FaceFields.RECOGNIZE)) {
            assertThat(held.request().userId().value()).isEqualTo("ann");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data; boundary=b", "Multipart/Form-Data; boundary=b"})
    void form_isReadAsAForm(String contentType) {
        try (HeldFaceRequest held = read(contentType, FORM.length(), FORM)) {
            assertThat(held.request().pictures().get(0)).isEqualTo("hi".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void largestPicture_isReadInBothForms() {
        String base64 = "{\"image\":\"" + "A".repeat(MAX_IMAGE / 3 * 4) + "\"}";
        String form = FORM.replace("hi", "x".repeat(MAX_IMAGE));
        for (int announced = 0; announced < 2; announced++) {
            try (HeldFaceRequest json = read("application/json", announced == 0 ? -1 : base64.length(), base64)) {
                assertThat(json.request().pictureBytes()).isEqualTo(MAX_IMAGE / 3 * 3);
            }
            try (HeldFaceRequest held =
                    read("multipart/form-data; boundary=b", announced == 0 ? -1 : form.length(), form)) {
                assertThat(held.request().pictureBytes()).isEqualTo(MAX_IMAGE);
            }
        }
    }

    @Test
    void bodyThatIsAnnouncedTooLarge_isRefusedUnread() {
        ByteArrayInputStream body = new ByteArrayInputStream(JSON.getBytes(StandardCharsets.UTF_8));
        int over = (int) limits.maxBodyBytes() + 1;

        Refusal refusal = Refusals.of(() -> reader.read(new GivenHeaders(over, Map.of()), body, FaceFields.NONE));

        assertThat(refusal.code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
        assertThat(refusal.facts()).isEqualTo(Map.of("max_bytes", limits.maxBodyBytes()));
        assertThat(body.available()).isEqualTo(JSON.length());
        read("", over - 1, JSON).close();
    }

    @Test
    void requestThatIsCutOff_isInvalid() {
        InputStream cut = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("reset");
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                throw new IOException("reset");
            }
        };

        Refusal refusal = Refusals.of(() -> reader.read(new GivenHeaders(50, Map.of()), cut, FaceFields.NONE));

        assertThat(refusal).isEqualTo(new Refusal(Code.INVALID_REQUEST, "The request ended before it was complete."));
    }

    /** Somebody who sends a user_id to /identify wants a verification, and must not get an identification. */
    @Test
    void fieldOfAnotherCall_isRefusedByName() throws InterruptedException {
        String form = "--b\r\nContent-Disposition: form-data; name=\"user_id\"\r\n\r\nann\r\n" + FORM;

        for (FaceFields fields : List.of(FaceFields.IDENTIFY, FaceFields.NONE)) {
            for (Refusal refusal : List.of(
                    Refusals.of(() -> read("", -1, JSON, fields)),
                    Refusals.of(() -> read("multipart/form-data; boundary=b", -1, form, fields)))) {
                assertThat(refusal.code()).isEqualTo(Code.INVALID_REQUEST);
                assertThat(refusal.facts()).isEqualTo(Map.of("field", "user_id"));
            }
        }
        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void memory_isGivenBackWhateverBecomesOfTheRequest() throws InterruptedException {
        for (int i = 0; i < 20; i++) {
            Refusals.of(() -> read("", -1, "nonsense"));
            read("", -1, JSON).close();
        }

        assertThat(takeAll()).isEqualTo(3);
    }

    @Test
    void requestThatIsHeld_keepsTheMemoryOfItsPictureAlone() throws InterruptedException {
        try (HeldFaceRequest held = read("", -1, JSON)) {
            assertThat(held.lease()).isNotNull();
            assertThat(takeAll()).as("a little less than everything").isEqualTo(2);
        }
    }

    @Test
    void requestWithoutRoom_isRefused() throws InterruptedException {
        takeAll();

        Refusal refusal = Refusals.of(() -> read("", -1, JSON));

        assertThat(refusal.code()).isEqualTo(Code.OVERLOADED);
        assertThat(refusal.detail()).startsWith("Too many pictures are being received.");
    }

    @Test
    void requestOfAServiceThatStops_isRefused() {
        Thread.currentThread().interrupt();

        Refusal refusal = Refusals.of(() -> read("", -1, JSON));

        assertThat(refusal).isEqualTo(new Refusal(Code.OVERLOADED, "The service is stopping."));
        assertThat(Thread.interrupted()).isTrue();
    }

    /** Takes room for the largest pictures as long as there is some. */
    private int takeAll() throws InterruptedException {
        List<BodyLease> leases = new ArrayList<>();
        while (true) {
            var lease = budget.reserve(MAX_IMAGE, MAX_IMAGE);
            if (lease.isEmpty()) {
                return leases.size();
            }
            leases.add(lease.get());
        }
    }

    private HeldFaceRequest read(String contentType, int length, String body) {
        return read(contentType, length, body, FaceFields.RECOGNIZE);
    }

    private HeldFaceRequest read(String contentType, int length, String body, FaceFields fields) {
        return reader.read(
                new GivenHeaders(length, Map.of("Content-Type", contentType)),
                new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                fields);
    }
}
