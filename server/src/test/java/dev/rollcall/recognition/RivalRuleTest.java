package dev.rollcall.recognition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.attendance.AttendanceStore.Evidence;
import dev.rollcall.attendance.AttendanceStore.Others;
import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a person is recognised to whom another person of the gallery is as similar. */
class RivalRuleTest {

    private static final UserId RIVAL = new UserId("rival");
    private static final UserId THIRD = new UserId("third");

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    /** A picture of a face with these similarities to manuel and the rival. */
    private byte[] face(double toManuel, double toRival) {
        return face(site, toManuel, toRival);
    }

    private static byte[] face(RecognitionSite site, double toManuel, double toRival) {
        return site.analyses.picture(toManuel + " " + toRival, MadeUpFaces.accepted(between(toManuel, toRival)));
    }

    private static Embedding between(double first, double second) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) first;
        vector[1] = (float) second;
        vector[2] = (float) Math.sqrt(Math.max(0, 1 - first * first - second * second));
        return Embedding.normalized(vector);
    }

    private void enrollRival() {
        site.people.with(RIVAL, RecognitionSite.MODEL, MadeUpFaces.direction(1));
        site.loadGallery();
    }

    private Evidence evidence() {
        return requireNonNull(site.stores.markRequests().get(0).evidence());
    }

    @Property(tries = 200)
    void personIsMarkedIfAndOnlyIfNobodyElseIsAsSimilar(
            @ForAll @DoubleRange(min = 0.5, max = 0.7) double toManuel,
            @ForAll @DoubleRange(min = -0.7, max = 0.7) double toRival) {
        try (RecognitionSite one = new RecognitionSite()) {
            one.people.with(RIVAL, RecognitionSite.MODEL, MadeUpFaces.direction(1));
            one.loadGallery();

            Result result = one.recognize(face(one, toManuel, toRival), null);

            assertThat(result instanceof Result.Marked).isEqualTo(toManuel > toRival);
        }
    }

    @Test
    void refusal_namesTheRivalInTheAuditLogOnly() {
        enrollRival();

        Refusal refusal = RecognitionSite.refusal(site.recognize(face(0.6, 0.65), null));

        assertThat(refusal.code()).isEqualTo(Code.NOT_MATCHED);
        assertThat(refusal.facts()).containsOnlyKeys("confidence", "threshold");
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.userId()).isEqualTo(RecognitionSite.MANUEL);
            assertThat(note.details())
                    .containsEntry("rival_user_id", "rival")
                    .containsKeys("rival_similarity", "rival_confidence", "confidence");
        });
        assertThat(site.stores.marks()).isZero();
    }

    @Test
    void refusedByARival_isAFailedAttempt() {
        enrollRival();

        site.recognize(face(0.6, 0.65), null);

        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
    }

    @Test
    void markedPerson_hasTheRivalAsEvidence() {
        enrollRival();

        site.recognize(face(0.6, 0.3), null);

        Others others = Objects.requireNonNull(evidence().others());
        assertThat(others.similarity()).isCloseTo(0.3, within(1e-3));
        assertThat(others.confidence()).isCloseTo(RecognitionSite.CALIBRATION.confidence(0.3), within(1e-2));
        assertThat(others.lookAlike()).isFalse();
    }

    @Test
    void declaredLookAlike_isNoRivalAndTheMarkSaysSo() {
        site.people.declareLookAlikes(RecognitionSite.MANUEL, RIVAL);
        enrollRival();

        assertThat(site.recognize(face(0.6, 0.65), null)).isInstanceOf(Result.Marked.class);

        assertThat(evidence().others()).isEqualTo(new Others(null, null, true));
    }

    @Test
    void lookAlikeWhoIsLessSimilar_isNotInTheMark() {
        site.people.declareLookAlikes(RecognitionSite.MANUEL, RIVAL);
        enrollRival();

        site.recognize(face(0.6, 0.55), null);

        assertThat(evidence().others()).isEqualTo(new Others(null, null, false));
    }

    @Test
    void thirdPerson_isARivalOfLookAlikesToo() {
        site.people.declareLookAlikes(RecognitionSite.MANUEL, RIVAL);
        site.people.with(THIRD, RecognitionSite.MODEL, between(0.6, 0.65));
        enrollRival();

        assertThat(RecognitionSite.code(site.recognize(face(0.6, 0.65), null))).isEqualTo(Code.NOT_MATCHED);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .containsEntry("rival_user_id", "third"));
    }

    @Test
    void inactivePeopleAndThoseOfOtherSites_areNoRivals() {
        site.people.deactivate(RIVAL);
        site.people.bind(THIRD, "gate-9");
        site.people.with(THIRD, RecognitionSite.MODEL, MadeUpFaces.direction(1));
        enrollRival();

        assertThat(site.recognize(face(0.6, 0.65), null)).isInstanceOf(Result.Marked.class);
        assertThat(evidence().others()).isEqualTo(new Others(null, null, false));
    }

    @Test
    void rivalIsAskedWithEveryImage() {
        enrollRival();

        Result result = site.recognize(RecognitionSite.MANUEL, List.of(face(0.6, 0.3), face(0.62, 0.65)), null);

        assertThat(RecognitionSite.code(result)).isEqualTo(Code.NOT_MATCHED);
    }

    @Test
    void withoutTheRule_nobodyElseIsAsked() {
        site.withoutRivalRule();
        enrollRival();

        assertThat(site.recognize(face(0.6, 0.65), null)).isInstanceOf(Result.Marked.class);
        assertThat(evidence().others()).isNull();
    }

    @Test
    void beforeTheGalleryIsRead_verificationWorks() {
        site.people.with(RIVAL, RecognitionSite.MODEL, MadeUpFaces.direction(1));

        assertThat(site.recognize(face(0.6, 0.3), null)).isInstanceOf(Result.Marked.class);
        assertThat(evidence().others()).isNull();
    }

    @Test
    void nearestTemplateOfTheClaimedPerson_countsAgainstTheRival() {
        site.people.with(RecognitionSite.MANUEL, RecognitionSite.MODEL, between(0.6, 0.65));
        enrollRival();

        assertThat(site.recognize(face(0.6, 0.65), null)).isInstanceOf(Result.Marked.class);
    }
}
