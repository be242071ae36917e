package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.Repetitions;
import dev.rollcall.service.MalformedRequests.Kind;
import dev.rollcall.service.RawRequest.Reply;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hundreds of damaged requests, thrown at the packaged service. */
class MalformedRequestsIT {

    private static final long SEED = 20261125;
    private static final int EACH = Repetitions.of(100, 300);
    private static final int MOST_GROWTH_KB = 30_000;

    /** Kinds whose HTTP is right, so that each must be answered. */
    private static final Set<Kind> SOUND_HTTP = EnumSet.of(Kind.JSON, Kind.BASE64, Kind.FORM, Kind.KEY_JSON);

    private static final Pattern LOG_LINE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d{3} [A-Z]+ .*");

    @TempDir
    Path folder;

    @Test
    void damagedRequests_breakNothing() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            byte[] picture = Pictures.portrait("geronimo");
            assertThat(service.enroll("geronimo", picture).status()).isEqualTo(201);
            MalformedRequests requests = new MalformedRequests(SEED, Pictures.onePixel());
            Map<Kind, Map<Integer, Integer>> statuses = new EnumMap<>(Kind.class);

            throwAll(service, requests, statuses);
            long settled = service.residentKilobytes();
            throwAll(service, requests, statuses);

            System.out.println("statuses by kind (0: closed without an answer): " + statuses);
            assertThat(service.residentKilobytes()).isLessThan(settled + MOST_GROWTH_KB);
            assertThat(service.recognize("geronimo", picture).status()).isEqualTo(200);
            assertThat(service.get("/v1/people").body().path("items")).hasSize(1);
            assertThat(service.log()).doesNotContain(RunningService.KEY, "\tat ");
            assertThat(service.log().lines())
                    .allMatch(line -> LOG_LINE.matcher(line).matches());
            assertThat(RunningService.command(folder, Map.of(), "audit", "verify")
                            .exitCode())
                    .isZero();
        }
    }

    private static void throwAll(
            RunningService service, MalformedRequests requests, Map<Kind, Map<Integer, Integer>> statuses)
            throws Exception {
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < EACH / 2; i++) {
                byte[] request = requests.next(kind);

                Reply reply = RawRequest.send(service.address(), request);

                String sent = new String(request, StandardCharsets.ISO_8859_1);
                assertThat(reply.status()).as(sent).isLessThan(500);
                if (SOUND_HTTP.contains(kind) && reply.status() >= 400) {
                    assertThat(reply.header("Content-Type")).as(sent).contains("application/problem+json");
                }
                statuses.computeIfAbsent(kind, unused -> new TreeMap<>()).merge(reply.status(), 1, Integer::sum);
            }
        }
    }
}
