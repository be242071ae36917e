package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.Label;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.ListedTemplate;
import dev.rollcall.people.PeopleDirectory.LookAlike;
import dev.rollcall.people.PeopleDirectory.TemplateDeletion;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleOrder.Field;
import dev.rollcall.people.PeoplePosition;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleQuery.Filter;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PeopleStore.Profile;
import dev.rollcall.people.Person;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do with people as they are listed and changed. */
interface PeopleDirectoryContract {

    Change NOON = new Change(MORNING.plusSeconds(4 * 3600), CALLER);
    Change LATER = new Change(MORNING.plusSeconds(8 * 3600), CALLER);

    PeopleStore people();

    PeopleDirectory directory();

    AttendanceStore attendance();

    AuditStore audit();

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
        UserId ann = enrolled();
        enroll(people(), ann, 2);

        assertThat(directory().read(ann, MODEL))
                .contains(
                        new EnrolledPerson(ann, new Profile("Ann", null, null, true, null), MORNING, MORNING, null, 2));
        assertThat(directory().read(ann, "other@model").orElseThrow().templates())
                .isZero();
    }

    @Test
    default void everyOrder_showsEverybodyOncePageByPage() {
        String group = newUserId().value();
        for (String name : List.of("Zoë", "Ann", "ann", "Émile", "Ann", "Åsa")) {
            UserId one = enrolled();
            change(one, named(name, group));
        }
        Filter filter = inGroup(group);
        for (Field field : Field.values()) {
            PeopleOrder ascending = new PeopleOrder(field, false);
            List<EnrolledPerson> whole = directory().list(new PeopleQuery(filter, ascending, null, 100), MODEL);
            List<EnrolledPerson> reversed = new ArrayList<>(whole);
            Collections.reverse(reversed);

            assertThat(whole).hasSize(6);
            assertThat(pages(filter, ascending)).isEqualTo(whole);
            assertThat(pages(filter, new PeopleOrder(field, true))).isEqualTo(reversed);
        }
        assertThat(directory().list(new PeopleQuery(filter, new PeopleOrder(Field.NAME, false), null, 9), MODEL))
                .extracting(person -> person.profile().name())
                .containsExactly("ann", "Ann", "Ann", "Åsa", "Émile", "Zoë");
    }

    private List<EnrolledPerson> pages(Filter filter, PeopleOrder order) {
        ManagePeople manage = new ManagePeople(people(), directory(), MODEL, KeptMarks.KEEP, Clock.systemUTC());
        List<EnrolledPerson> seen = new ArrayList<>();
        Optional<PeoplePosition> after = Optional.empty();
        do {
            var page = manage.page(new PeopleQuery(filter, order, after.orElse(null), 2));
            seen.addAll(page.items());
            after = page.next().map(cursor -> order.position(cursor).orElseThrow());
        } while (after.isPresent());
        return seen;
    }

    @Test
    default void search_findsPartsOfIdNameAndExternalIdInCapitalsOrNot() {
        String group = newUserId().value();
        UserId ann = enrolled();
        UserId bob = enrolled();
        String external = "E_" + newUserId().value();
        change(ann, named("Åsa 50% Łuczak", group));
        change(bob, new PersonChange(new PersonName("Bob"), new Label(group), new Label(external), null, null));

        assertThat(found(group, "åSA")).containsExactly(ann);
        assertThat(found(group, "łUCZAK")).containsExactly(ann);
        assertThat(found(group, "50%")).containsExactly(ann);
        assertThat(found(group, external.substring(3).toUpperCase(Locale.ROOT))).containsExactly(bob);
        assertThat(found(group, bob.value().substring(5))).containsExactly(bob);
        assertThat(found(group, "%")).containsExactly(ann);
        assertThat(found(group, "_")).containsExactly(bob);
        assertThat(found(group, "a%l")).isEmpty();
        assertThat(found(group, "\\")).isEmpty();
        assertThat(found(group, "' or '1'='1")).isEmpty();
    }

    private List<UserId> found(String group, String text) {
        return ids(new Filter(null, text, new Label(group), null, null, null));
    }

    private List<UserId> ids(Filter filter) {
        return directory().list(new PeopleQuery(filter, PeopleOrder.BY_USER_ID, null, 100), MODEL).stream()
                .map(EnrolledPerson::userId)
                .toList();
    }

    @Test
    default void filters_restrictTogether() {
        String group = newUserId().value();
        UserId ann = enrolled();
        UserId bob = enrolled();
        UserId eve = enrolled();
        change(ann, named("Ann", group));
        change(bob, new PersonChange(null, new Label(group), null, false, new Label(ApiKey.DEFAULT_SITE)));
        change(eve, new PersonChange(null, null, null, false, null));
        directory().deleteTemplate(ann, templateOf(ann), MODEL, NOON);
        Label grouped = new Label(group);

        assertThat(ids(new Filter(null, null, grouped, null, true, null))).containsExactly(ann);
        assertThat(ids(new Filter(null, null, grouped, null, false, null))).containsExactly(bob);
        assertThat(ids(new Filter(null, null, grouped, null, null, true))).containsExactly(bob);
        assertThat(ids(new Filter(null, null, grouped, null, null, false))).containsExactly(ann);
        assertThat(ids(new Filter(null, null, grouped, Label.NONE, null, null))).containsExactly(ann);
        assertThat(ids(new Filter(null, null, grouped, new Label(ApiKey.DEFAULT_SITE), null, null)))
                .containsExactly(bob);
        assertThat(ids(new Filter(eve, null, Label.NONE, null, false, true))).containsExactly(eve);
        assertThat(ids(new Filter(eve, null, grouped, null, null, null))).isEmpty();
        assertThat(ids(PeopleQuery.EVERYBODY)).isNotEmpty();
    }

    @Test
    default void change_leavesTheOtherFieldsAndIsNotedWithoutNames() {
        UserId ann = enrolled();
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
        UserId ann = enrolled();

        EnrolledPerson same = changed(ann, new PersonChange(new PersonName("Ann"), Label.NONE, null, true, null));

        assertThat(same.updatedAt()).isEqualTo(MORNING);
        assertThat(changed(ann, new PersonChange(null, null, null, null, null))).isEqualTo(same);
        assertThat(details(ann, "PERSON_CHANGED")).isEmpty();
    }

    @Test
    default void externalIdOfAnotherPerson_isRefusedAndNothingIsChanged() {
        UserId ann = enrolled();
        UserId bob = enrolled();
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
        UserId ann = enrolled();

        assertThat(change(ann, bound("nowhere"))).isInstanceOf(Changing.UnknownSite.class);
        assertThat(changed(ann, bound(ApiKey.DEFAULT_SITE)).profile().site()).isEqualTo(ApiKey.DEFAULT_SITE);
        assertThat(people().find(ann, MODEL).orElseThrow().site()).isEqualTo(ApiKey.DEFAULT_SITE);
    }

    @Test
    default void changesOfDifferentFieldsAtOnce_areAllKept() throws Exception {
        UserId ann = enrolled();
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
                UserId one = enrolled();
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
        UserId ann = enrolled();
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
        UserId ann = enrolled();
        UserId bob = enrolled();
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
        UserId ann = enrolled();
        long change = people().changesAfter(MODEL, 0, 100_000).last();

        assertThat(directory().deleteTemplate(ann, templateOf(ann), MODEL, NOON))
                .isEqualTo(new TemplateDeletion.Deleted(0));

        assertThat(people().find(ann, MODEL).orElseThrow().templates()).isEmpty();
        assertThat(directory().templates(ann)).contains(List.of());
        assertThat(directory().read(ann, MODEL).orElseThrow().updatedAt()).isEqualTo(NOON.at());
        assertThat(people().changesAfter(MODEL, change, 100).people())
                .anySatisfy(changed -> assertThat(changed.userId()).isEqualTo(ann));
    }

    @Test
    default void lookAlikes_areOfBothAndDeclaredOnce() {
        UserId ann = enrolled();
        UserId bob = enrolled();

        Declaring declared = directory().declareLookAlikes(ann, bob, NOON);

        assertThat(declared).isEqualTo(new Declaring.Declared(List.of(new LookAlike(bob, "Ann", NOON.at()))));
        assertThat(directory().declareLookAlikes(bob, ann, LATER))
                .isEqualTo(new Declaring.Declared(List.of(new LookAlike(ann, "Ann", NOON.at()))));
        assertThat(directory().lookAlikes(ann)).contains(List.of(new LookAlike(bob, "Ann", NOON.at())));
        assertThat(people().find(ann, MODEL).orElseThrow().lookAlikes()).containsExactly(bob);
        assertThat(people().find(bob, MODEL).orElseThrow().lookAlikes()).containsExactly(ann);
        assertThat(details(ann, "LOOK_ALIKES_DECLARED")).singleElement().satisfies(details -> assertThat(
                        details.path("rival_user_id").asText())
                .isEqualTo(bob.value()));
        assertThat(details(bob, "LOOK_ALIKES_DECLARED")).hasSize(1);
    }

    @Test
    default void withdrawnLookAlikes_areNoneAnyMore() {
        UserId ann = enrolled();
        UserId bob = enrolled();
        directory().declareLookAlikes(ann, bob, NOON);

        for (int i = 0; i < 2; i++) {
            assertThat(directory().withdrawLookAlikes(bob, ann, LATER)).contains(List.of());
        }

        assertThat(people().find(ann, MODEL).orElseThrow().lookAlikes()).isEmpty();
        assertThat(details(ann, "LOOK_ALIKES_WITHDRAWN")).hasSize(1);
        assertThat(details(bob, "LOOK_ALIKES_WITHDRAWN")).hasSize(1);
        assertThat(directory().withdrawLookAlikes(newUserId(), ann, LATER)).isEmpty();
    }

    @Test
    default void lookAlikesOfUnknownPeople_areRefused() {
        UserId ann = enrolled();

        assertThat(directory().lookAlikes(newUserId())).isEmpty();
        assertThat(directory().declareLookAlikes(newUserId(), ann, NOON)).isInstanceOf(Declaring.NotEnrolled.class);
        assertThat(directory().declareLookAlikes(ann, newUserId(), NOON))
                .isInstanceOf(Declaring.OtherNotEnrolled.class);
        assertThat(directory().lookAlikes(ann)).contains(List.of());
    }

    @Test
    default void personWithTheMostLookAlikes_getsNoMore() {
        UserId ann = enrolled();
        for (int i = 0; i < PeopleDirectory.MOST_LOOK_ALIKES; i++) {
            assertThat(directory().declareLookAlikes(enrolled(), ann, NOON)).isInstanceOf(Declaring.Declared.class);
        }

        assertThat(directory().declareLookAlikes(ann, enrolled(), NOON)).isInstanceOf(Declaring.TooMany.class);
        UserId known = directory().lookAlikes(ann).orElseThrow().get(0).userId();
        assertThat(directory().declareLookAlikes(ann, known, NOON)).isInstanceOf(Declaring.Declared.class);
    }

    @Test
    default void bothOrdersAtOnce_declareOnce() throws Exception {
        UserId ann = enrolled();
        UserId bob = enrolled();
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Future<Declaring>> done = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                done.add(threads.submit(() -> directory().declareLookAlikes(ann, bob, NOON)));
                done.add(threads.submit(() -> directory().declareLookAlikes(bob, ann, NOON)));
            }
            for (Future<Declaring> one : done) {
                assertThat(one.get()).isInstanceOf(Declaring.Declared.class);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(details(ann, "LOOK_ALIKES_DECLARED")).hasSize(1);
    }

    @Test
    default void erasedPerson_isNobodysLookAlike() {
        UserId ann = enrolled();
        UserId bob = enrolled();
        directory().declareLookAlikes(ann, bob, NOON);

        people().erase(bob, MORNING, KeptMarks.KEEP, CALLER);

        assertThat(directory().lookAlikes(ann)).contains(List.of());
        assertThat(people().find(ann, MODEL).orElseThrow().lookAlikes()).isEmpty();
    }

    @Test
    default void exportOfAPerson_hasTheNumberOfLookAlikes() {
        UserId ann = enrolled();
        directory().declareLookAlikes(ann, enrolled(), NOON);
        directory().declareLookAlikes(enrolled(), ann, NOON);

        JsonNode held = Json.parse(people().export(ann, MORNING, CALLER).orElseThrow());

        assertThat(held.at("/person/look_alikes").asInt()).isEqualTo(2);
    }

    private UserId enrolled() {
        UserId userId = newUserId();
        enroll(people(), userId, 1);
        return userId;
    }

    private long templateOf(UserId userId) {
        return directory().templates(userId).orElseThrow().get(0).id();
    }

    private MarkDecision mark(UserId userId) {
        return ((Marking.Decided) attendance().mark(Samples.request(userId, MORNING), TWO_A_DAY)).decision();
    }

    private Changing change(UserId userId, PersonChange change) {
        return directory().change(userId, change, MODEL, NOON);
    }

    private EnrolledPerson changed(UserId userId, PersonChange change) {
        return ((Changing.Changed) change(userId, change)).person();
    }

    private static Filter inGroup(@Nullable String group) {
        return new Filter(null, null, new Label(group), null, null, null);
    }

    private static PersonChange named(String name, String group) {
        return new PersonChange(new PersonName(name), new Label(group), null, null, null);
    }

    private static PersonChange active(boolean active) {
        return new PersonChange(null, null, null, active, null);
    }

    private static PersonChange bound(String site) {
        return new PersonChange(null, null, null, null, new Label(site));
    }

    /** The details of the entries about a person, the latest first. */
    private List<JsonNode> details(UserId userId, String action) {
        return audit().list(new AuditStore.Query(action, userId, null, null, null, null, null, 100)).stream()
                .map(entry -> Json.parse(entry.details()))
                .toList();
    }
}
