package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.audit.AuditStore.Entry;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.bulk.PersonDetails;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every store of what lists say about people must do. */
interface PersonDetailsContract {

    PersonDetails details();

    PeopleStore people();

    AuditStore audit();

    @Test
    default void groupAndExternalId_areStoredAndNotedOnceAndNullLeavesThem() {
        UserId ann = newUserId();
        String externalId = UUID.randomUUID().toString();
        Samples.enroll(people(), ann, 1);

        assertThat(details().set(ann, "red", externalId, MORNING, CALLER)).isTrue();
        assertThat(details().set(ann, null, externalId, MORNING, CALLER)).isTrue();

        assertThat(people().export(ann, MORNING, CALLER).orElseThrow())
                .contains("\"group\" : \"red\"", "\"external_id\" : \"" + externalId + "\"");
        List<Entry> changes =
                audit().list(new AuditStore.Query("PERSON_CHANGED", ann, null, null, null, null, null, 10));
        assertThat(changes).singleElement().satisfies(entry -> assertThat(entry.details())
                .contains("red", externalId));
    }

    @Test
    default void externalIdOfSomebodyElse_isRefusedAndNothingIsWritten() {
        UserId ann = newUserId();
        UserId bob = newUserId();
        String externalId = UUID.randomUUID().toString();
        Samples.enroll(people(), ann, 1);
        Samples.enroll(people(), bob, 2);
        details().set(ann, null, externalId, MORNING, CALLER);

        assertThat(details().set(bob, "red", externalId, MORNING, CALLER)).isFalse();

        assertThat(people().export(bob, MORNING, CALLER).orElseThrow()).contains("\"group\" : null");
    }

    @Test
    default void personWhoIsErasedMeanwhile_isNoError() {
        assertThat(details().set(newUserId(), "red", null, MORNING, CALLER)).isTrue();
    }
}
