package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.TWO_A_DAY;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.newUserId;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.Label;
import dev.rollcall.people.ManagePeople;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleDirectory.Change;
import dev.rollcall.people.PeopleDirectory.Changing;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeoplePosition;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleQuery.Filter;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the contracts of directories share. */
interface DirectoryFixture {

    Change NOON = new Change(MORNING.plusSeconds(4 * 3600), CALLER);
    Change LATER = new Change(MORNING.plusSeconds(8 * 3600), CALLER);

    PeopleStore people();

    PeopleDirectory directory();

    AttendanceStore attendance();

    AuditStore audit();

    default List<EnrolledPerson> pages(Filter filter, PeopleOrder order) {
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

    default List<UserId> found(String group, String text) {
        return ids(new Filter(null, text, new Label(group), null, null, null));
    }

    default List<UserId> ids(Filter filter) {
        return directory().list(new PeopleQuery(filter, PeopleOrder.BY_USER_ID, null, 100), MODEL).stream()
                .map(EnrolledPerson::userId)
                .toList();
    }

    default UserId enrolledPerson() {
        UserId userId = newUserId();
        enroll(people(), userId, 1);
        return userId;
    }

    default long templateOf(UserId userId) {
        return directory().templates(userId).orElseThrow().get(0).id();
    }

    default MarkDecision mark(UserId userId) {
        return ((Marking.Decided) attendance().mark(Samples.request(userId, MORNING), TWO_A_DAY)).decision();
    }

    default Changing change(UserId userId, PersonChange change) {
        return directory().change(userId, change, MODEL, NOON);
    }

    default EnrolledPerson changed(UserId userId, PersonChange change) {
        return ((Changing.Changed) change(userId, change)).person();
    }

    default Filter inGroup(@Nullable String group) {
        return new Filter(null, null, new Label(group), null, null, null);
    }

    default PersonChange named(String name, String group) {
        return new PersonChange(new PersonName(name), new Label(group), null, null, null);
    }

    default PersonChange active(boolean active) {
        return new PersonChange(null, null, null, active, null);
    }

    default PersonChange bound(String site) {
        return new PersonChange(null, null, null, null, new Label(site));
    }

    /** The details of the entries about a person, the latest first. */
    default List<JsonNode> details(UserId userId, String action) {
        return audit().list(new AuditStore.Query(action, userId, null, null, null, null, null, 100)).stream()
                .map(entry -> Json.parse(entry.details()))
                .toList();
    }
}
