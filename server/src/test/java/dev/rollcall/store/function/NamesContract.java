package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.keys.ApiKey;
import dev.rollcall.people.PeopleDirectory.ListedName;
import dev.rollcall.people.PeopleDirectory.NamesQuery;
import dev.rollcall.people.PersonChange;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every store must do with lists of names. */
interface NamesContract extends DirectoryFixture {

    @Test
    default void names_areThoseOfActivePeopleOfTheSite() {
        String word = "w" + UUID.randomUUID();
        UserId everywhere = enrolled(word, null, true);
        UserId here = enrolled(word, ApiKey.DEFAULT_SITE, true);
        enrolled(word, ApiKey.DEFAULT_SITE, false);
        enrolled(word, null, false);

        assertThat(namesOf(ApiKey.DEFAULT_SITE, word)).containsExactlyInAnyOrder(everywhere, here);
        assertThat(namesOf("elsewhere", word)).containsExactly(everywhere);
    }

    @Test
    default void prefix_isOfTheIdOrAWordOfTheNameInCapitalsOrNot() {
        String word = "Łu" + UUID.randomUUID();
        UserId ann = enrolled("Åsa-Maria " + word + " 50%", null, true);

        assertThat(namesOf(ApiKey.DEFAULT_SITE, word)).containsExactly(ann);
        assertThat(namesOf(ApiKey.DEFAULT_SITE, word.toUpperCase(Locale.ROOT))).containsExactly(ann);
        assertThat(namesOf(ApiKey.DEFAULT_SITE, "åsa-maria " + word)).containsExactly(ann);
        assertThat(namesOf(ApiKey.DEFAULT_SITE, ann.value().toUpperCase(Locale.ROOT)))
                .containsExactly(ann);
        assertThat(namesOf(ApiKey.DEFAULT_SITE, ann.value().substring(0, 20))).containsExactly(ann);
        assertThat(namesOf(ApiKey.DEFAULT_SITE, word.substring(1))).isEmpty();
        assertThat(namesOf(ApiKey.DEFAULT_SITE, ann.value().substring(1))).isEmpty();
        assertThat(namesOf(ApiKey.DEFAULT_SITE, word.substring(0, 9) + "%")).isEmpty();
        assertThat(namesOf(ApiKey.DEFAULT_SITE, "' or '1'='1")).isEmpty();
    }

    @Test
    default void names_areListedOnceInTheOrderOfTheIds() {
        String word = "w" + UUID.randomUUID();
        List<UserId> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            all.add(enrolled(word, null, true));
        }

        List<ListedName> seen = new ArrayList<>();
        UserId after = null;
        List<ListedName> page = pageOf(word, after);
        while (!page.isEmpty()) {
            seen.addAll(page);
            after = page.get(page.size() - 1).userId();
            page = pageOf(word, after);
        }

        assertThat(seen).hasSize(5).extracting(ListedName::name).containsOnly(word);
        assertThat(seen).extracting(ListedName::userId).containsExactlyInAnyOrderElementsOf(all);
        assertThat(directory().names(new NamesQuery(ApiKey.DEFAULT_SITE, null, null, 3)))
                .hasSize(3);
    }

    private List<ListedName> pageOf(String prefix, @Nullable UserId after) {
        return directory().names(new NamesQuery(ApiKey.DEFAULT_SITE, prefix, after, 2));
    }

    private List<UserId> namesOf(String site, String prefix) {
        return directory().names(new NamesQuery(site, prefix, null, 100)).stream()
                .map(ListedName::userId)
                .toList();
    }

    private UserId enrolled(String name, @Nullable String site, boolean active) {
        UserId userId = enrolledPerson();
        change(userId, new PersonChange(new PersonName(name), null, null, active, null));
        if (site != null) {
            change(userId, bound(site));
        }
        return userId;
    }
}
