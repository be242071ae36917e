package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.embedding;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.keeping;
import static dev.rollcall.store.function.Samples.newUserId;
import static dev.rollcall.store.function.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.engine.Embedding;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.EnrollmentStore.Keep;
import dev.rollcall.people.EnrollmentStore.NewTemplate;
import dev.rollcall.people.EnrollmentStore.StoredTemplate;
import dev.rollcall.people.EnrollmentStore.Written;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.Erasure;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of people must do. */
interface PeopleStoreContract {

    PeopleStore people();

    PeopleDirectory directory();

    @Test
    default void unknownPerson_isNotFound() {
        assertThat(people().find(newUserId(), MODEL)).isEmpty();
        assertThat(people().erase(newUserId(), MORNING, KeptMarks.KEEP, CALLER)).isEmpty();
    }

    @Test
    default void enrolledPerson_isFoundWithTemplatesOfTheModelAlone() {
        UserId ann = newUserId();
        enroll(people(), ann, 1);

        Person found = people().find(ann, MODEL).orElseThrow();

        assertThat(found.name()).isEqualTo("Ann");
        assertThat(found.templates()).hasSize(1);
        assertThat(found.templates().get(0).similarity(embedding(1))).isGreaterThan(0.9999);
        assertThat(people().find(ann, "other@model").orElseThrow().templates()).isEmpty();
    }

    @Test
    default void nameOfAnyScript_isKeptAsItIs() {
        UserId ann = newUserId();
        NewTemplate template = template(ann, 1, false, Long.MAX_VALUE);
        String name = "Ånne \"O'Brien\" \\ 王秀英 😀 {1}";

        people().enroll(new NewTemplate(
                new Identity(ann, new PersonName(name), null),
                template.template(),
                template.keep(),
                template.checkedUpTo(),
                null,
                CALLER));

        assertThat(people().find(ann, MODEL).orElseThrow().name()).isEqualTo(name);
    }

    @Test
    default void furtherTemplate_isAddedAndTheChosenOnesGo() {
        UserId ann = newUserId();
        for (int seed = 1; seed <= 3; seed++) {
            assertThat(people().enroll(template(ann, seed, Samples.keepAll(people(), ann), Long.MAX_VALUE)))
                    .isEqualTo(new Written.Enrolled(seed));
        }
        List<Long> ids =
                people().templates(ann, MODEL).stream().map(StoredTemplate::id).toList();

        assertThat(people().enroll(template(ann, 4, new Keep(false, ids, ids.subList(1, 3)), Long.MAX_VALUE)))
                .isEqualTo(new Written.Enrolled(2));

        assertThat(people().templates(ann, MODEL))
                .satisfiesExactly(first -> isStored(first, 1), second -> isStored(second, 4));
        assertThat(people().templates(ann, "other@model")).isEmpty();
        assertThat(people().templates(newUserId(), MODEL)).isEmpty();
    }

    private static void isStored(StoredTemplate template, int seed) {
        assertThat(template.embedding().similarity(embedding(seed))).isGreaterThan(0.9999);
        assertThat(template.quality()).isEqualTo(3.5f);
        assertThat(template.createdAt()).isEqualTo(MORNING);
    }

    @Test
    default void templateOfThePersonThatWasNotSeen_refusesTheEnrollment() {
        UserId ann = newUserId();
        Keep before = Samples.keepAll(people(), ann);
        assertThat(people().enroll(template(ann, 1, before, Long.MAX_VALUE))).isEqualTo(new Written.Enrolled(1));

        assertThat(people().enroll(template(ann, 2, before, Long.MAX_VALUE))).isEqualTo(new Written.OtherTemplates());
        assertThat(people().templates(ann, MODEL)).hasSize(1);

        Keep now = Samples.keepAll(people(), ann);
        people().erase(ann, MORNING, KeptMarks.KEEP, CALLER);
        assertThat(people().enroll(template(ann, 2, now, Long.MAX_VALUE))).isEqualTo(new Written.OtherTemplates());
        assertThat(people().find(ann, MODEL)).isEmpty();
    }

    @Test
    default void enrollmentsOfOnePersonAtOnce_letOneThrough() throws Exception {
        UserId ann = newUserId();
        Keep none = Samples.keepAll(people(), ann);
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<Future<Boolean>> written = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                NewTemplate template = template(ann, i, none, Long.MAX_VALUE);
                written.add(threads.submit(() -> people().enroll(template) instanceof Written.Enrolled));
            }
            int count = 0;
            for (Future<Boolean> one : written) {
                count += one.get() ? 1 : 0;
            }
            assertThat(count).isEqualTo(1);
            assertThat(people().templates(ann, MODEL)).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void replacement_leavesOneTemplate() {
        UserId ann = newUserId();
        enroll(people(), ann, 1);
        enroll(people(), ann, 2);

        assertThat(people().enroll(template(ann, 3, true, Long.MAX_VALUE))).isEqualTo(new Written.Enrolled(1));
    }

    @Test
    default void everyTemplate_isShownWithItsOwnerAcrossPages() {
        UserId ann = newUserId();
        long before = people().forEachTemplate(MODEL, 0, (owner, template) -> {});
        for (int i = 0; i < 260; i++) {
            enroll(people(), newUserId(), i);
        }
        enroll(people(), ann, 1000);
        List<Embedding> seen = new ArrayList<>();
        int[] all = {0};

        long last = people().forEachTemplate(MODEL, before, (owner, template) -> {
            all[0]++;
            if (owner.equals(ann)) {
                seen.add(template);
            }
        });

        assertThat(seen).hasSize(1);
        assertThat(all[0]).isGreaterThanOrEqualTo(261);
        assertThat(people().forEachTemplate(MODEL, last, (owner, template) -> {}))
                .isEqualTo(last);
    }

    @Test
    default void templateThatCameBetween_refusesAnEnrollmentThatDidNotSeeIt() {
        long checked = people().forEachTemplate(MODEL, 0, (owner, template) -> {});
        UserId first = newUserId();
        UserId second = newUserId();

        assertThat(people().enroll(template(first, 1, false, checked))).isEqualTo(new Written.Enrolled(1));
        assertThat(people().enroll(template(second, 1, false, checked))).isEqualTo(new Written.OtherTemplates());
        assertThat(people().find(second, MODEL)).isEmpty();
        assertThat(people().enroll(template(first, 2, Samples.keepAll(people(), first), checked)))
                .isEqualTo(new Written.Enrolled(2));
    }

    @Test
    default void enrollmentsAtOnce_letOneThrough() throws Exception {
        long checked = people().forEachTemplate(MODEL, 0, (owner, template) -> {});
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try {
            List<Future<Boolean>> written = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                UserId userId = newUserId();
                written.add(threads.submit(
                        () -> people().enroll(template(userId, 1, false, checked)) instanceof Written.Enrolled));
            }
            int count = 0;
            for (Future<Boolean> one : written) {
                count += one.get() ? 1 : 0;
            }
            assertThat(count).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    default void consent_isKeptUntilANewerOneComes() {
        UserId ann = newUserId();
        NewTemplate template = template(ann, 1, false, Long.MAX_VALUE);
        Instant consent = MORNING.minusSeconds(60);
        for (Instant told : new Instant[] {consent, null}) {
            people().enroll(new NewTemplate(
                    new Identity(ann, new PersonName("Ann"), told),
                    template.template(),
                    keeping(people(), ann),
                    template.checkedUpTo(),
                    null,
                    CALLER));
        }

        assertThat(directory().read(ann, MODEL).orElseThrow().consentAt()).isEqualTo(consent);
    }

    @Test
    default void export_hasEverythingAboutAPersonAndNothingAboutOthers() throws IOException {
        UserId ann = newUserId();
        UserId bob = newUserId();
        enroll(people(), ann, 1);
        enroll(people(), ann, 2);
        enroll(people(), bob, 3);

        JsonNode held = new ObjectMapper()
                .readTree(people().export(ann, MORNING, CALLER).orElseThrow());

        assertThat(held.at("/person/name").asText()).isEqualTo("Ann");
        assertThat(held.path("templates")).hasSize(2);
        assertThat(held.at("/templates/0/embedding")).hasSize(Embedding.DIMENSIONS);
        assertThat(held.at("/templates/0/embedding/7").asDouble())
                .isEqualTo(embedding(1).components()[7], within(1e-4));
        assertThat(held.path("audit")).hasSize(2);
        assertThat(held.at("/audit/0/key_id").asText()).isEqualTo(CALLER.keyId());
        assertThat(held.toString()).doesNotContain(bob.value());
        assertThat(people().export(newUserId(), MORNING, CALLER)).isEmpty();
    }

    @Test
    default void erasedPerson_isGoneWithEveryTemplate() {
        UserId ann = newUserId();
        enroll(people(), ann, 1);
        enroll(people(), ann, 2);

        assertThat(people().erase(ann, MORNING.plus(Duration.ofDays(1)), KeptMarks.KEEP, CALLER))
                .contains(new Erasure(2, 0, 0, 0, 3));

        assertThat(people().find(ann, MODEL)).isEmpty();
        people().forEachTemplate(
                        MODEL, 0, (owner, template) -> assertThat(owner).isNotEqualTo(ann));
    }
}
