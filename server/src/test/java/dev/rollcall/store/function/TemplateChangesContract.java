package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.embedding;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.TemplateChanges;
import dev.rollcall.people.TemplateChanges.ChangedPerson;
import dev.rollcall.people.UserId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every store of people must tell of changes of templates. */
interface TemplateChangesContract {

    PeopleStore people();

    PeopleDirectory directory();

    @Test
    default void changes_showEachPersonAsItIsNowAndThoseWhoWereErased() {
        UserId ann = newUserId();
        UserId bob = newUserId();
        long before = changes(0).last();
        enroll(people(), ann, 1);
        enroll(people(), bob, 2);
        enroll(people(), ann, 3);

        TemplateChanges enrolled = changes(before);

        assertThat(enrolled.people()).extracting(ChangedPerson::userId).containsExactly(bob, ann);
        ChangedPerson changed = enrolled.people().get(1);
        assertThat(changed.active()).isTrue();
        assertThat(changed.site()).isNull();
        assertThat(changed.templates()).hasSize(2);
        assertThat(changed.templates().get(0).id())
                .isLessThan(changed.templates().get(1).id());
        assertThat(changed.templates().get(1).embedding().similarity(embedding(3)))
                .isGreaterThan(0.9999);
        assertThat(people().changesAfter("other@model", before, 10).people())
                .allSatisfy(person -> assertThat(person.templates()).isEmpty());
        TemplateChanges first = people().changesAfter(MODEL, before, 1);
        assertThat(first.complete()).isFalse();
        assertThat(first.people()).extracting(ChangedPerson::userId).containsExactly(bob);
        assertThat(changes(first.last()).people()).hasSize(1);

        people().erase(ann, MORNING, KeptMarks.KEEP, CALLER);

        TemplateChanges erased = changes(enrolled.last());
        assertThat(erased.people()).containsExactly(new ChangedPerson(ann, null, false, List.of()));
        assertThat(changes(erased.last()).people()).isEmpty();
        assertThat(changes(erased.last()).last()).isEqualTo(erased.last());
    }

    private TemplateChanges changes(long after) {
        return people().changesAfter(MODEL, after, 100_000);
    }
}
