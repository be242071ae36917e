package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.Rejection;
import dev.rollcall.engine.Rejection.Reason;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.StoreUnavailableException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What counts as an attempt at a person, and what is answered without one. */
class RecognitionAttemptsTest {

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void overload_isAnsweredAndNeitherNotedNorCounted() {
        site.analyses.stop();
        assertThat(RecognitionSite.code(site.recognize(site.portrait, null))).isEqualTo(Code.OVERLOADED);
        site.analyses.fill();
        assertThat(RecognitionSite.code(site.recognize(site.portrait, null))).isEqualTo(Code.OVERLOADED);

        assertThat(site.stores.noted()).isEmpty();
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
        assertThat(site.analyses.closed()).isEqualTo(1);
    }

    @Test
    void tooManyAttempts_areRefusedUnanalysedAndNotNotedHere() {
        site.left(0);

        assertThat(RecognitionSite.code(site.recognize(site.portrait, null))).isEqualTo(Code.RATE_LIMITED);

        assertThat(site.analyses.begun()).isEmpty();
        assertThat(site.stores.noted()).isEmpty();
        assertThat(site.left()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"SPOOF_SUSPECTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void pictureThatShowsNobody_isNoGuess(Reason reason) {
        byte[] picture = site.analyses.picture("unusable", new Analysis.Rejected(new Rejection(reason, "Try again.")));

        site.recognize(picture, null);

        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
    }

    @Test
    void wrongFaceAndWhatDoesNotLive_areGuessesAndAFittingFaceIsNot() {
        byte[] print = site.analyses.picture(
                "print", new Analysis.Rejected(new Rejection(Reason.SPOOF_SUSPECTED, "Try again.")));

        site.recognize(site.portrait, null);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
        site.recognize(site.stranger, null);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
        site.recognize(print, null);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 2);
    }

    @Test
    void storeThatFails_costsNoAttempt() {
        site.stores.breakDown();

        assertThatThrownBy(() -> site.recognize(site.portrait, null)).isInstanceOf(StoreUnavailableException.class);

        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS);
        assertThat(site.analyses.closed()).isEqualTo(1);
    }
}
