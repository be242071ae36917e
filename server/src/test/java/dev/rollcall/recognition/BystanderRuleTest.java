package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.RecognizePerson.Result;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whether a person is recognised beside whom somebody stands. */
class BystanderRuleTest {

    private static final UserId COLLEAGUE = new UserId("colleague");
    private static final Embedding MANUEL = MadeUpFaces.similar(0, 0.9, 2);
    private static final Embedding COLLEAGUES = MadeUpFaces.similar(1, 0.7, 3);
    private static final Embedding STRANGER = MadeUpFaces.direction(7);

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    private byte[] picture(String name, Embedding subject, Embedding... bystanders) {
        return site.analyses.picture(name, new Analysis.Accepted(MadeUpFaces.face(subject), null, List.of(bystanders)));
    }

    private void enrollColleague() {
        site.people.with(COLLEAGUE, RecognitionSite.MODEL, MadeUpFaces.direction(1));
        site.loadGallery();
    }

    @Test
    void strangerBeside_isNoReasonToRefuse() {
        enrollColleague();

        assertThat(site.recognize(picture("a", MANUEL, STRANGER), null)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void colleagueBeside_staysARefusalAndIsNamedInTheAuditLogOnly() {
        enrollColleague();

        Refusal refusal = RecognitionSite.refusal(site.recognize(picture("a", MANUEL, STRANGER, COLLEAGUES), null));

        assertThat(refusal.code()).isEqualTo(Code.MULTIPLE_FACES);
        assertThat(refusal.facts()).isEmpty();
        assertThat(site.stores.marks()).isZero();
        assertThat(site.stores.notes()).singleElement().satisfies(note -> assertThat(note.details())
                .containsEntry("rival_user_id", "colleague"));
    }

    @Test
    void colleagueInAnyOfTheImages_isARefusal() {
        enrollColleague();

        Result result = site.recognize(
                RecognitionSite.MANUEL, List.of(picture("a", MANUEL), picture("b", MANUEL, COLLEAGUES)), null);

        assertThat(RecognitionSite.code(result)).isEqualTo(Code.MULTIPLE_FACES);
    }

    @Test
    void claimedPersonOnceMore_isNoReasonToRefuse() {
        enrollColleague();

        assertThat(site.recognize(picture("a", MANUEL, MANUEL), null)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void subjectWhoIsNotTheClaimedPerson_isNotMatchedWhoeverIsBeside() {
        enrollColleague();

        assertThat(RecognitionSite.code(site.recognize(picture("a", COLLEAGUES, MANUEL), null)))
                .isEqualTo(Code.NOT_MATCHED);
    }

    @Test
    void bystanders_areLookedForOnlyWhereTheyCanBeCompared() {
        site.recognize(picture("a", MANUEL), null);
        enrollColleague();
        site.recognize(picture("a", MANUEL), null);
        site.withoutRivalRule();
        site.recognize(picture("a", MANUEL), null);

        assertThat(site.analyses.begun())
                .extracting(AnalysisRules::otherFaces)
                .as("before the gallery is read, afterwards, without the rival rule")
                .containsExactly(OtherFaces.REFUSED, OtherFaces.BYSTANDERS, OtherFaces.REFUSED);
    }

    @Test
    void identification_refusesASecondFace() {
        enrollColleague();

        site.identify(
                new IdentifyPerson.Request(RecognitionSite.SITE, false, MarkDetails.NONE, Optional.empty()),
                picture("a", MANUEL));

        assertThat(site.analyses.begun()).extracting(AnalysisRules::otherFaces).containsExactly(OtherFaces.REFUSED);
    }
}
