package dev.rollcall.recognition;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.IdentifyPerson.Request;
import dev.rollcall.recognition.IdentifyPerson.Result;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** Identification with two people enrolled, for tests. */
abstract class IdentificationFixture {

    static final UserId ANNA = new UserId("anna");
    static final Request ASK = new Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.empty());
    static final Request MARK = new Request(RecognitionSite.SITE, true, MarkDetails.NONE, Optional.empty());
    static final Attempt ATTEMPT = new Attempt("a".repeat(64), "b".repeat(64));

    final RecognitionSite site = new RecognitionSite();

    IdentificationFixture() {
        site.people.with(ANNA, RecognitionSite.MODEL, MadeUpFaces.direction(1));
    }

    @AfterEach
    void close() {
        site.close();
    }

    /** A picture of a face with these similarities to manuel and anna. */
    byte[] face(double toManuel, double toAnna) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) toManuel;
        vector[1] = (float) toAnna;
        vector[2] = (float) Math.sqrt(Math.max(0, 1 - toManuel * toManuel - toAnna * toAnna));
        return site.analyses.picture(toManuel + " " + toAnna, MadeUpFaces.accepted(Embedding.normalized(vector)));
    }

    Result identify(Request request, byte[]... images) {
        site.loadGallery();
        return site.identify(request, images);
    }

    static Refusal refusal(Result result) {
        return ((Result.Refused) result).refusal();
    }

    static double similarityOfRival(Match match) {
        return Objects.requireNonNull(match.rival()).similarity();
    }

    static Match match(Result result) {
        return ((Result.Identified) result).match();
    }
}
