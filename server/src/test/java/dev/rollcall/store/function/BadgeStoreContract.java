package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.badges.Badge;
import dev.rollcall.badges.Badges;
import dev.rollcall.badges.Badges.Printed;
import dev.rollcall.badges.Badges.Replacing;
import dev.rollcall.outcome.Code;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of badges must do. */
interface BadgeStoreContract extends DeviceFixture {

    PeopleStore people();

    default Badges badges() {
        return new Badges(new FunctionBadgeStore(functions()), Clock.fixed(MORNING, ZoneOffset.UTC));
    }

    @Test
    default void badge_isValidUntilAnotherOneIsIssued() {
        UserId ann = newPerson();
        Badge first = issued(ann, false);

        assertThat(badges().refusal(first)).isEmpty();
        assertThat(issued(ann, false)).isEqualTo(first);
        Badge second = issued(ann, true);

        assertThat(second).isNotEqualTo(first);
        assertThat(badges().refusal(second)).isEmpty();
        assertThat(badges().refusal(first).orElseThrow().code()).isEqualTo(Code.BADGE_INVALID);
        assertThat(entries("BADGE_ISSUED").stream().filter(entry -> ann.value().equals(entry.userId())))
                .hasSize(3);
    }

    @Test
    default void badges_areInTheOrderOfTheIdsWithoutThoseWhoAreNotThere() {
        UserId ann = newPerson();
        UserId bob = newPerson();

        List<Printed> printed = badges().issue(List.of(bob, Samples.newUserId(), ann), false, CALLER);

        assertThat(printed).extracting(one -> one.holder().userId()).containsExactly(bob, ann);
        assertThat(printed.get(0).holder().name()).isEqualTo("Ann");
        assertThat(printed.get(0).holder().site()).isEqualTo("default");
        assertThat(printed.get(0).issuedAt()).isEqualTo(MORNING);
    }

    @Test
    default void badgeOfAnErasedPerson_staysInvalidIfTheIdIsUsedAgain() {
        UserId ann = newPerson();
        Badge lost = issued(ann, false);
        people().erase(ann, MORNING, PeopleStore.KeptMarks.KEEP, CALLER);
        assertThat(badges().refusal(lost)).isPresent();

        Samples.enroll(people(), ann, 7);
        Badge found = issued(ann, false);

        assertThat(badges().refusal(lost)).isPresent();
        assertThat(badges().refusal(found)).isEmpty();
    }

    @Test
    default void badge_isSignedForItsPersonAlone() {
        Badge badge = issued(newPerson(), false);
        UserId bob = newPerson();
        Badge own = issued(bob, false);

        assertThat(badges().refusal(new Badge(bob, badge.issue(), badge.signature())))
                .isPresent();
        assertThat(badges().refusal(new Badge(bob, own.issue(), badge.signature())))
                .isPresent();
    }

    @Test
    default void keyThatIsReplaced_endsTheBadgesOfItsSiteAlone() throws Exception {
        String site = newSite();
        UserId ann = newPerson();
        UserId bob = newPerson();
        new BoundPeople(functions()).bind(bob, site);
        Badge others = issued(ann, false);
        Badge ended = issued(bob, false);

        assertThat(badges().replaceKey(site, CALLER)).isEqualTo(new Replacing.Replaced(MORNING));

        assertThat(badges().refusal(ended)).isPresent();
        assertThat(badges().refusal(others)).isEmpty();
        assertThat(badges().refusal(issued(bob, false))).isEmpty();
        assertThat(latest("BADGE_KEY_REPLACED").path("site").asText()).isEqualTo(site);
        assertThat(badges().replaceKey("nowhere", CALLER)).isInstanceOf(Replacing.Refused.class);
    }

    @Test
    default void personWhoIsBoundToAnotherSite_needsAnotherBadge() throws Exception {
        UserId ann = newPerson();
        Badge before = issued(ann, false);

        new BoundPeople(functions()).bind(ann, newSite());

        assertThat(badges().refusal(before)).isPresent();
        assertThat(badges().refusal(issued(ann, false))).isEmpty();
    }

    @Test
    default void badgesOfManyPeople_differ() {
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            UserId person = newPerson();
            texts.add(issued(person, false).issue());
            texts.add(issued(person, true).issue());
        }

        assertThat(texts).hasSize(10);
    }

    private UserId newPerson() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, userId.hashCode());
        return userId;
    }

    private Badge issued(UserId userId, boolean renew) {
        return badges().issue(List.of(userId), renew, CALLER).get(0).badge();
    }
}
