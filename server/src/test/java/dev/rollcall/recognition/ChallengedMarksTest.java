package dev.rollcall.recognition;

import static dev.rollcall.recognition.RecognitionSite.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.sites.LivenessMode;
import dev.rollcall.sites.SiteRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Marks at a site that asks for head-turn challenges. */
class ChallengedMarksTest {

    private static final String TOKEN = "token-of-a-challenge";

    private final RecognitionSite site = new RecognitionSite();

    @BeforeEach
    void askForChallenges() {
        site.rules(new SiteRules(null, null, null, null, null, LivenessMode.CHALLENGE, null, null, null, null));
        site.loadGallery();
        site.token.set(TOKEN);
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void markWithoutAToken_isRefusedBeforeAnythingIsAnalysed() {
        int left = site.left();

        assertThat(code(recognized(MarkDetails.NONE, null))).isEqualTo(Code.CHALLENGE_REQUIRED);
        assertThat(codeOf(identified(true, null))).isEqualTo(Code.CHALLENGE_REQUIRED);
        assertThat(site.analyses.begun()).isEmpty();
        assertThat(site.left()).isEqualTo(left);
    }

    @Test
    void lateMark_needsATokenToo() {
        MarkDetails late = new MarkDetails(null, RecognitionSite.NOW.minus(Duration.ofHours(1)), null);

        assertThat(code(recognized(late, null))).isEqualTo(Code.CHALLENGE_REQUIRED);
    }

    @Test
    void token_countsForOneMark() {
        assertThat(recognized(MarkDetails.NONE, TOKEN)).isInstanceOf(Result.Marked.class);
        assertThat(code(recognized(MarkDetails.NONE, TOKEN))).isEqualTo(Code.CHALLENGE_EXPIRED);
        assertThat(site.stores.marks()).isEqualTo(1);
    }

    @Test
    void token_countsForAMarkByIdentification() {
        assertThat(identified(true, TOKEN)).isInstanceOf(IdentifyPerson.Result.Identified.class);
        assertThat(codeOf(identified(true, TOKEN))).isEqualTo(Code.CHALLENGE_EXPIRED);
    }

    @Test
    void identificationWithoutAMark_needsNoToken() {
        assertThat(identified(false, null)).isInstanceOf(IdentifyPerson.Result.Identified.class);
    }

    @Test
    void faceThatDoesNotMatch_usesNoTokenUp() {
        assertThat(code(site.recognize(request(MarkDetails.NONE, TOKEN), List.of(site.stranger))))
                .isEqualTo(Code.NOT_MATCHED);
        assertThat(recognized(MarkDetails.NONE, TOKEN)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void wrongToken_isRefusedAlsoWhereNoneIsNeeded() {
        site.rules(SiteRules.OF_THE_SETTINGS);

        assertThat(code(recognized(MarkDetails.NONE, "another"))).isEqualTo(Code.CHALLENGE_EXPIRED);
        assertThat(recognized(MarkDetails.NONE, null)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void livenessOfTheMarkingCall_isMeasuredAndDecidesNothing() {
        recognized(MarkDetails.NONE, TOKEN);

        assertThat(site.analyses.begun())
                .extracting(AnalysisRules::liveness)
                .containsExactly(AnalysisRules.LivenessMode.MONITOR);
    }

    private Result recognized(MarkDetails details, @Nullable String token) {
        return site.recognize(request(details, token), List.of(site.portrait));
    }

    private static RecognizePerson.Request request(MarkDetails details, @Nullable String token) {
        return new RecognizePerson.Request(
                RecognitionSite.MANUEL, RecognitionSite.SITE, details, Optional.empty(), challenge(token));
    }

    private IdentifyPerson.Result identified(boolean mark, @Nullable String token) {
        return site.identify(
                new IdentifyPerson.Request(
                        RecognitionSite.SITE, mark, MarkDetails.NONE, Optional.empty(), challenge(token)),
                site.portrait);
    }

    private static @Nullable ChallengeToken challenge(@Nullable String token) {
        return token == null ? null : new ChallengeToken(token, "hash-of-the-key");
    }

    private static Code codeOf(IdentifyPerson.Result result) {
        return ((IdentifyPerson.Result.Refused) result).refusal().code();
    }
}
