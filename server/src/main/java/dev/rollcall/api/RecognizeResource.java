package dev.rollcall.api;

import dev.rollcall.attendance.Mark;
import dev.rollcall.security.KeyHolder;
import dev.rollcall.security.Opens;
import dev.rollcall.usecase.Match;
import dev.rollcall.usecase.RecognizePerson;
import dev.rollcall.usecase.RecognizePerson.Result;
import dev.rollcall.usecase.Scope;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** POST /recognize. */
@Path("/recognize")
public final class RecognizeResource {

    private final RecognizePerson recognizePerson;
    private final FaceRequestReader reader;

    @Inject
    RecognizeResource(RecognizePerson recognizePerson, FaceRequestReader reader) {
        this.recognizePerson = recognizePerson;
        this.reader = reader;
    }

    /** The answer to a recognition that was marked. */
    record Recognized(
            boolean recognized,
            String userId,
            String name,
            BigDecimal confidence,
            BigDecimal similarity,
            BigDecimal threshold,
            FaceView.@Nullable LivenessView liveness,
            Attendance attendance) {}

    /** The mark. */
    record Attendance(
            long id, Instant markedAt, LocalDate workDate, int number, String direction, int remainingToday) {}

    @POST
    @Opens(Scope.RECOGNIZE)
    @Blocking
    public Object recognize(@Context HttpHeaders headers, @Context SecurityContext context, InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        return reader.read(headers, body, request -> {
            byte[] picture = request.picture();
            RecognizePerson.Request wanted = new RecognizePerson.Request(
                    request.userId(), IdempotencyKey.attempt(headers, holder.keyHash(), request));
            return answer(recognizePerson.recognize(wanted, picture, holder.caller()));
        });
    }

    private static Object answer(Result result) {
        if (result instanceof Result.Refused refused) {
            return refused.refusal();
        }
        Result.Marked marked = (Result.Marked) result;
        Match match = marked.match();
        Mark mark = marked.mark();
        Recognized answer = new Recognized(
                true,
                match.userId().value(),
                match.name(),
                Numbers.rounded(match.confidence()),
                Numbers.rounded(match.similarity()),
                Numbers.rounded(match.threshold()),
                FaceView.LivenessView.of(match.liveness()),
                new Attendance(
                        mark.id(),
                        mark.markedAt(),
                        mark.workDate(),
                        mark.number(),
                        mark.direction().name().toLowerCase(Locale.ROOT),
                        marked.remainingToday()));
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }
}
