package dev.rollcall.http.api;

import dev.rollcall.attendance.Mark;
import dev.rollcall.http.Call;
import dev.rollcall.http.Call.AdmissionClass;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.Numbers;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.http.wire.FaceRequestReader;
import dev.rollcall.http.wire.HeldFaceRequest;
import dev.rollcall.http.wire.IdempotencyKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.Match;
import dev.rollcall.recognition.RecognizePerson;
import dev.rollcall.recognition.RecognizePerson.Result;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
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
    @Produces(MediaType.APPLICATION_JSON)
    @Call(admission = AdmissionClass.PICTURE, scopes = Scope.RECOGNIZE)
    @Blocking
    public Recognized recognize(@Context HttpHeaders headers, @Context SecurityContext context, InputStream body) {
        KeyHolder holder = KeyHolder.of(context);
        try (HeldFaceRequest held = reader.read(headers, body)) {
            byte[] picture = held.request().picture();
            UserId userId = held.request().userId();
            RecognizePerson.Request wanted = new RecognizePerson.Request(
                    userId, IdempotencyKey.attempt(headers, holder.keyHash(), userId, picture));
            return recognized(recognizePerson.recognize(wanted, picture, holder.caller()));
        }
    }

    private static Recognized recognized(Result result) {
        if (result instanceof Result.Refused refused) {
            throw new RefusedException(refused.refusal());
        }
        Result.Marked marked = (Result.Marked) result;
        Match match = marked.match();
        return new Recognized(
                true,
                match.userId().value(),
                match.name(),
                Numbers.rounded(match.confidence()),
                Numbers.rounded(match.similarity()),
                Numbers.rounded(match.threshold()),
                FaceView.LivenessView.of(match.liveness()),
                attendance(marked.mark(), marked.remainingToday()));
    }

    private static Attendance attendance(Mark mark, int remainingToday) {
        return new Attendance(
                mark.id(),
                mark.markedAt(),
                mark.workDate(),
                mark.number(),
                mark.direction().name().toLowerCase(Locale.ROOT),
                remainingToday);
    }
}
