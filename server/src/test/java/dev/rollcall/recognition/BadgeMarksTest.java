package dev.rollcall.recognition;

import static dev.rollcall.recognition.RecognitionSite.CALLER;
import static dev.rollcall.recognition.RecognitionSite.MANUEL;
import static dev.rollcall.recognition.RecognitionSite.NOW;
import static dev.rollcall.recognition.RecognitionSite.SITE;
import static dev.rollcall.recognition.RecognitionSite.code;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.badges.Badge;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Request;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.sites.IdentifyBy;
import dev.rollcall.sites.SiteRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Marks with a badge in place of a user id, and sites that require a number or a badge. */
class BadgeMarksTest {

    private final RecognitionSite site = new RecognitionSite();

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void badgeAndItsPersonsFace_areMarked() {
        Result result = recognized(site.badge(MANUEL), site.portrait, null);

        assertThat(((Result.Marked) result).match().userId()).isEqualTo(MANUEL);
        assertThat(site.stores.marks()).isEqualTo(1);
    }

    @Test
    void badgeWithAnotherFace_isNotMatched() {
        assertThat(code(recognized(site.badge(MANUEL), site.stranger, null))).isEqualTo(Code.NOT_MATCHED);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
    }

    @Test
    void badgeThatWasReplaced_isRefusedBeforeTheFaceIsLookedAt() {
        Badge lost = site.badge(MANUEL);
        site.badges.issue(List.of(MANUEL), true, NOW, CALLER);

        assertThat(code(recognized(lost, new byte[0], null))).isEqualTo(Code.BADGE_INVALID);
        assertThat(site.left()).isEqualTo(RecognitionSite.ATTEMPTS - 1);
        assertThat(site.stores.notes()).singleElement().satisfies(note -> {
            assertThat(note.userId()).isEqualTo(MANUEL);
            assertThat(note.details()).containsEntry("reason", "forged_or_ended");
        });
    }

    @Test
    void unreadableBadges_countAndAreNotedUntilThereWereTooMany() {
        for (int i = 0; i < RecognitionSite.ATTEMPTS; i++) {
            assertThat(code(site.unreadableBadge())).isEqualTo(Code.BADGE_INVALID);
        }

        assertThat(code(site.unreadableBadge())).isEqualTo(Code.RATE_LIMITED);
        assertThat(site.stores.notes()).hasSize(RecognitionSite.ATTEMPTS);
    }

    @Test
    void badgeOfSomebodyWithoutOne_isRefusedInTheSameWay() {
        Badge other = site.badge(new UserId("somebody"));
        Badge forged = new Badge(MANUEL, other.issue(), other.signature());

        assertThat(RecognitionSite.refusal(recognized(forged, site.portrait, null))
                        .facts())
                .isEmpty();
        assertThat(site.stores.notes().get(0).details()).containsEntry("reason", "no_badge");
    }

    @Test
    void repetitionUnderAKey_getsTheRefusalOfTheBadgeAgain() {
        Attempt attempt = new Attempt("a".repeat(64), "b".repeat(64));
        Badge lost = site.badge(MANUEL);
        site.badges.issue(List.of(MANUEL), true, NOW, CALLER);

        assertThat(code(recognized(lost, site.portrait, attempt))).isEqualTo(Code.BADGE_INVALID);
        assertThat(code(recognized(lost, site.portrait, attempt))).isEqualTo(Code.BADGE_INVALID);
        assertThat(site.stores.notes()).hasSize(1);
    }

    @Test
    void siteThatRequiresABadge_refusesOthersAndKeepsNoAnswer() {
        site.rules(requiring(IdentifyBy.BADGE));
        site.loadGallery();
        Attempt attempt = new Attempt("a".repeat(64), "b".repeat(64));

        assertThat(code(site.recognize(site.portrait, attempt))).isEqualTo(Code.BADGE_REQUIRED);
        assertThat(identified(true)).isEqualTo(Code.BADGE_REQUIRED);
        assertThat(identified(false)).isNull();
        assertThat(site.stores.kept(attempt.key())).isEmpty();
        assertThat(recognized(site.badge(MANUEL), site.portrait, attempt)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void siteThatRequiresANumber_takesNumbersAndBadges() {
        site.rules(requiring(IdentifyBy.NUMBER));
        site.loadGallery();

        assertThat(identified(true)).isEqualTo(Code.NUMBER_REQUIRED);
        assertThat(site.recognize(site.portrait, null)).isInstanceOf(Result.Marked.class);
        assertThat(recognized(site.badge(MANUEL), site.portrait, null)).isInstanceOf(Result.Marked.class);
    }

    @Test
    void siteWithoutTheRule_takesFacesAlone() {
        site.loadGallery();

        assertThat(identified(true)).isNull();
    }

    private Result recognized(Badge badge, byte[] picture, @Nullable Attempt attempt) {
        Request request =
                new Request(badge.userId(), SITE, MarkDetails.NONE, Optional.ofNullable(attempt), null, badge);
        return site.recognize(request, List.of(picture));
    }

    /** The code of the refusal of an identification, or null. */
    private @Nullable Code identified(boolean mark) {
        IdentifyPerson.Result result = site.identify(
                new IdentifyPerson.Request(SITE, mark, MarkDetails.NONE, Optional.empty()), site.portrait);
        return result instanceof IdentifyPerson.Result.Refused refused
                ? refused.refusal().code()
                : null;
    }

    private static SiteRules requiring(IdentifyBy by) {
        return new SiteRules(null, null, null, null, null, null, null, null, by, null);
    }
}
