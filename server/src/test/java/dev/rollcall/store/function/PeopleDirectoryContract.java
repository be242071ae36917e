package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleDirectory.ListedTemplate;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.Profile;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store must do with people as they are listed and changed. */
interface PeopleDirectoryContract extends DirectoryFixture {

    @Test
    default void unknownPerson_isNeitherReadNorChanged() {
        UserId nobody = newUserId();

        assertThat(directory().read(nobody, MODEL)).isEmpty();
        assertThat(directory().templates(nobody)).isEmpty();
        assertThat(change(nobody, active(false))).isInstanceOf(Changing.NotEnrolled.class);
        assertThat(directory().deleteTemplate(nobody, 1, MODEL, NOON)).isInstanceOf(TemplateDeletion.NotEnrolled.class);
    }

    @Test
    default void enrolledPerson_isReadWithTheNumberOfTemplates() {
        UserId ann = enrolledPerson();
        enroll(people(), ann, 2);

        assertThat(directory().read(ann, MODEL))
                .contains(
                        new EnrolledPerson(ann, new Profile("Ann", null, null, true, null), MORNING, MORNING, null, 2));
        assertThat(directory().read(ann, "other@model").orElseThrow().templates())
                .isZero();
    }

    @Test
    default void change_leavesTheOtherFieldsAndIsNotedWithoutNames() {
        UserId ann = enrolledPerson();
        String external = newUserId().value();
        change(ann, new PersonChange(null, new Label("night"), new Label(external), null, null));

        EnrolledPerson changed = changed(ann, new PersonChange(new PersonName("Ånne"), Label.NONE, null, false, null));

        assertThat(changed)
                .isEqualTo(new EnrolledPerson(
                        ann, new Profile("Ånne", null, external, false, null), MORNING, NOON.at(), null, 1));
        assertThat(directory().read(ann, MODEL)).contains(changed);
        Person person = people().find(ann, MODEL).orElseThrow();
        assertThat(person.active()).isFalse();
        assertThat(person.site()).isNull();
        assertThat(details(ann, "PERSON_CHANGED").get(0))
                .hasToString("{\"group\":{\"to\":null,\"from\":\"night\"},\"active\":{\"to\":false,\"from\":true},"
                        + "\"name_changed\":true}");
    }

    @Test
    default void changeThatChangesNothing_isNeitherWrittenNorNoted() {
        UserId ann = enrolledPerson();

        EnrolledPerson same = changed(ann, new PersonChange(new PersonName("Ann"), Label.NONE, null, true, null));

        assertThat(same.updatedAt()).isEqualTo(MORNING);
        assertThat(changed(ann, new PersonChange(null, null, null, null, null))).isEqualTo(same);
        assertThat(details(ann, "PERSON_CHANGED")).isEmpty();
    }

    @Test
    default void externalIdOfAnotherPerson_isRefusedAndNothingIsChanged() {
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
        Label external = new Label(newUserId().value());
        change(ann, new PersonChange(null, null, external, null, null));

        assertThat(change(bob, new PersonChange(new PersonName("Bob"), null, external, null, null)))
                .isEqualTo(new Changing.ExternalIdTaken(ann));
        assertThat(directory().read(bob, MODEL).orElseThrow().profile().name()).isEqualTo("Ann");
        assertThat(change(ann, new PersonChange(null, null, external, null, null)))
                .isInstanceOf(Changing.Changed.class);
        change(ann, new PersonChange(null, null, Label.NONE, null, null));
        assertThat(change(bob, new PersonChange(null, null, external, null, null)))
                .isInstanceOf(Changing.Changed.class);
    }

    @Test
    default void siteThatDoesNotExist_isRefused() {
        UserId ann = enrolledPerson();

        assertThat(change(ann, bound("nowhere"))).isInstanceOf(Changing.UnknownSite.class);
        assertThat(changed(ann, bound(ApiKey.DEFAULT_SITE)).profile().site()).isEqualTo(ApiKey.DEFAULT_SITE);
        assertThat(people().find(ann, MODEL).orElseThrow().site()).isEqualTo(ApiKey.DEFAULT_SITE);
    }

    @Test
    default void changesOfDifferentFieldsAtOnce_areAllKept() throws Exception {
        UserId ann = enrolledPerson();
        Label external = new Label(newUserId().value());
        List<PersonChange> changes = List.of(
                new PersonChange(new PersonName("Anna"), null, null, null, null),
                new PersonChange(null, new Label("night"), null, null, null),
                new PersonChange(null, null, external, null, null),
                active(false),
                bound(ApiKey.DEFAULT_SITE));
        ExecutorService threads = Executors.newFixedThreadPool(changes.size());
        try {
            List<Future<Changing>> done = new ArrayList<>();
            for (PersonChange one : changes) {
                done.add(threads.submit(() -> change(ann, one)));
            }
            for (Future<Changing> one : done) {
                assertThat(one.get()).isInstanceOf(Changing.Changed.class);
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(directory().read(ann, MODEL).orElseThrow().profile())
                .isEqualTo(new Profile("Anna", "night", external.text(), false, ApiKey.DEFAULT_SITE));
        assertThat(details(ann, "PERSON_CHANGED")).hasSize(5);
    }

    @Test
    default void oneExternalIdForSeveralPeopleAtOnce_goesToOne() throws Exception {
        Label external = new Label(newUserId().value());
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Changing>> done = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                UserId one = enrolledPerson();
                done.add(threads.submit(() -> change(one, new PersonChange(null, null, external, null, null))));
            }
            int changed = 0;
            for (Future<Changing> one : done) {
                changed += one.get() instanceof Changing.Changed ? 1 : 0;
            }
            assertThat(changed).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void inactivePerson_isNotMarkedAndKeepsTheHistoryAlsoWhenEnrolledAgain() {
        UserId ann = enrolledPerson();
        assertThat(mark(ann)).isInstanceOf(MarkDecision.Marked.class);

        change(ann, active(false));
        enroll(people(), ann, 2);

        assertThat(mark(ann)).isInstanceOf(MarkDecision.UnknownPerson.class);
        assertThat(directory().read(ann, MODEL).orElseThrow().profile().active())
                .isFalse();
        assertThat(people().find(ann, MODEL).orElseThrow().templates()).hasSize(2);
        assertThat(attendance().list(new Query(ann, null, null, 0, 10))).hasSize(1);
        change(ann, active(true));
        assertThat(mark(ann)).isInstanceOf(MarkDecision.Marked.class);
    }

    @Test
    default void templates_areListedWithoutNumbersAndDeletedOneByOne() {
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
        enroll(people(), ann, 2);
        List<ListedTemplate> templates = directory().templates(ann).orElseThrow();
        long first = templates.get(0).id();

        assertThat(templates).hasSize(2).allSatisfy(template -> {
            assertThat(template.modelId()).isEqualTo(MODEL);
            assertThat(template.quality()).isEqualTo(3.5);
            assertThat(template.createdAt()).isEqualTo(MORNING);
            assertThat(template.sealedWith()).isNull();
        });
        assertThat(directory().deleteTemplate(bob, first, MODEL, NOON))
                .isInstanceOf(TemplateDeletion.NoSuchTemplate.class);
        assertThat(directory().deleteTemplate(ann, first, MODEL, NOON)).isEqualTo(new TemplateDeletion.Deleted(1));
        assertThat(directory().deleteTemplate(ann, first, MODEL, NOON))
                .isInstanceOf(TemplateDeletion.NoSuchTemplate.class);
        assertThat(people().find(ann, MODEL).orElseThrow().templates()).hasSize(1);
        assertThat(details(ann, "TEMPLATE_DELETED")).singleElement().satisfies(details -> {
            assertThat(details.path("template").asLong()).isEqualTo(first);
            assertThat(details.path("templates").asInt()).isEqualTo(1);
        });
    }

    @Test
    default void lastTemplate_mayGoAndThePersonStays() {
        UserId ann = enrolledPerson();
        long change = people().changesAfter(MODEL, 0, 100_000).last();

        assertThat(directory().deleteTemplate(ann, templateOf(ann), MODEL, NOON))
                .isEqualTo(new TemplateDeletion.Deleted(0));

        assertThat(people().find(ann, MODEL).orElseThrow().templates()).isEmpty();
        assertThat(directory().templates(ann)).contains(List.of());
        assertThat(directory().read(ann, MODEL).orElseThrow().updatedAt()).isEqualTo(NOON.at());
        assertThat(people().changesAfter(MODEL, change, 100).people())
                .anySatisfy(changed -> assertThat(changed.userId()).isEqualTo(ann));
    }
}
