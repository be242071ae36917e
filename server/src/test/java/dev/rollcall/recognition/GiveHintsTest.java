package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.AnalysisRules.OtherFaces;
import dev.rollcall.engine.FrameRules;
import dev.rollcall.engine.FrameVerdict;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.GiveHints.Purpose;
import dev.rollcall.recognition.GiveHints.Result;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.sites.SitesInMemory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GiveHintsTest {

    private static final byte[] FRAME = {1};
    private static final String SITE = "default";
    private static final Rejection DARK =
            new Rejection(Reason.LOW_QUALITY, "The face is too dark.", Map.of("reason", "TOO_DARK"));

    private Optional<FrameVerdict> verdict = Optional.of(new FrameVerdict.Judged(640, 360, null, true, null));
    private Optional<FrameRules> asked = Optional.empty();
    private final GiveHints hints = new GiveHints(
            (frame, rules) -> {
                asked = Optional.of(rules);
                return verdict;
            },
            new GiveHints.Policy(
                    AnalysisRules.enrollment(),
                    new SiteAnalysis(
                            AnalysisRules.recognition(), new SitesInForce(new SitesInMemory(), SitesInMemory.SETTINGS)),
                    true));

    @Test
    void frame_isJudgedByTheRulesOfItsPurpose() {
        hints.look(FRAME, SITE, Purpose.ENROLL, 1280);
        assertThat(asked).contains(new FrameRules(AnalysisRules.enrollment(), 1280));

        hints.look(FRAME, SITE, Purpose.RECOGNIZE, 0);
        assertThat(asked.orElseThrow().picture().quality())
                .isEqualTo(AnalysisRules.recognition().quality());
        assertThat(asked.orElseThrow().picture().otherFaces()).isEqualTo(OtherFaces.BYSTANDERS);

        hints.look(FRAME, SITE, Purpose.IDENTIFY, 0);
        assertThat(asked.orElseThrow().picture().otherFaces()).isEqualTo(OtherFaces.REFUSED);
    }

    @Test
    void advice_hasTheCodeAndReasonOfTheRefusal() {
        verdict = Optional.of(new FrameVerdict.Judged(640, 360, null, false, DARK));

        Result.Seen seen = (Result.Seen) hints.look(FRAME, SITE, Purpose.RECOGNIZE, 0);

        assertThat(seen.frame().ready()).isFalse();
        assertThat(seen.advice().orElseThrow().code()).isEqualTo(Code.LOW_QUALITY);
        assertThat(seen.advice().orElseThrow().facts()).containsEntry("reason", "TOO_DARK");
    }

    @Test
    void frameThatNobodyHasTimeFor_isRefused() {
        verdict = Optional.empty();

        assertThat(hints.look(FRAME, SITE, Purpose.RECOGNIZE, 0)).isEqualTo(new Result.Refused(FaceFinding.OVERLOADED));
    }

    @Test
    void frameThatCantBeRead_isRefused() {
        verdict = Optional.of(
                new FrameVerdict.Unreadable(new Rejection(Reason.IMAGE_TOO_LARGE, "The picture is too large.")));

        Result.Refused refused = (Result.Refused) hints.look(FRAME, SITE, Purpose.RECOGNIZE, 0);

        assertThat(refused.refusal().code()).isEqualTo(Code.PAYLOAD_TOO_LARGE);
    }
}
