package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.Label;
import dev.rollcall.people.PeopleOrder;
import dev.rollcall.people.PeopleOrder.Field;
import dev.rollcall.people.PeopleQuery;
import dev.rollcall.people.PeopleQuery.Filter;
import dev.rollcall.people.PeopleStore.EnrolledPerson;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What every directory must do to list people. */
interface PeopleListContract extends DirectoryFixture {

    @Test
    default void everyOrder_showsEverybodyOncePageByPage() {
        String group = newUserId().value();
        for (String name : List.of("Zoë", "Ann", "ann", "Émile", "Ann", "Åsa")) {
            UserId one = enrolledPerson();
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

    @Test
    default void search_findsPartsOfIdNameAndExternalIdInCapitalsOrNot() {
        String group = newUserId().value();
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
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

    @Test
    default void filters_restrictTogether() {
        String group = newUserId().value();
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
        UserId eve = enrolledPerson();
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
        assertThat(directory().count(new Filter(null, null, grouped, null, null, null), MODEL))
                .isEqualTo(2);
        assertThat(directory().count(new Filter(null, null, grouped, null, null, true), MODEL))
                .isEqualTo(1);
        assertThat(directory().count(new Filter(null, ann.value(), grouped, null, null, null), MODEL))
                .isEqualTo(1);
    }
}
