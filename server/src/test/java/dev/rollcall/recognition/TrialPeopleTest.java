package dev.rollcall.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.Caller;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.EnrollmentStore.Keep;
import dev.rollcall.people.EnrollmentStore.NewTemplate;
import dev.rollcall.people.EnrollmentStore.Template;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.TrialPeople;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The people of a trial run, behind those of the store. */
class TrialPeopleTest {

    private static final String MODEL = "face-embedder@test";
    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");

    private final EnrolledFaces stored = new EnrolledFaces().with(ANN, MODEL, MadeUpFaces.direction(0));
    private final TrialPeople people = new TrialPeople(stored);

    @Test
    void templatesOfTheTrial_followThoseOfTheStore() {
        long checked = people.forEachTemplate(MODEL, 0, (owner, template) -> {});
        people.enroll(template(BOB, checked, new Keep(false, List.of(), List.of())));

        assertThat(owners(0)).containsExactly(ANN, BOB);
        assertThat(owners(checked)).containsExactly(BOB);
        assertThat(stored.written()).isEmpty();
    }

    @Test
    void templateThatWasNotCompared_refusesAnEnrollment() {
        people.enroll(template(BOB, 1, new Keep(false, List.of(), List.of())));

        assertThat(people.enroll(template(new UserId("carl"), 1, new Keep(false, List.of(), List.of()))))
                .isEqualTo(new Written.OtherTemplates());
    }

    @Test
    void otherTemplatesThanWereSeen_refuseAnEnrollmentAndChosenOnesAreRemoved() {
        long own = people.templates(ANN, MODEL).get(0).id();

        assertThat(people.enroll(template(ANN, 1, new Keep(false, List.of(), List.of()))))
                .isEqualTo(new Written.OtherTemplates());
        assertThat(people.enroll(template(ANN, 1, new Keep(false, List.of(own), List.of(own)))))
                .isEqualTo(new Written.Enrolled(1));
        assertThat(people.find(ANN, MODEL).orElseThrow().templates()).containsExactly(MadeUpFaces.direction(1));
    }

    private List<UserId> owners(long after) {
        List<UserId> owners = new ArrayList<>();
        people.forEachTemplate(MODEL, after, (owner, template) -> owners.add(owner));
        return owners;
    }

    private static NewTemplate template(UserId userId, long checkedUpTo, Keep keep) {
        return new NewTemplate(
                new Identity(userId, new PersonName(userId.value()), null),
                new Template(MODEL, MadeUpFaces.direction(1), 3, Instant.parse("2026-11-22T08:00:00Z")),
                keep,
                checkedUpTo,
                null,
                new Caller("desk", null, null));
    }
}
