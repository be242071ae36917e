package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.newUserId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleDirectory.Declaring;
import dev.rollcall.people.PeopleDirectory.LookAlike;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every directory must do about people who are declared to look alike. */
interface LookAlikesContract extends DirectoryFixture {

    @Test
    default void lookAlikes_areOfBothAndDeclaredOnce() {
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();

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
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
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
        UserId ann = enrolledPerson();

        assertThat(directory().lookAlikes(newUserId())).isEmpty();
        assertThat(directory().declareLookAlikes(newUserId(), ann, NOON)).isInstanceOf(Declaring.NotEnrolled.class);
        assertThat(directory().declareLookAlikes(ann, newUserId(), NOON))
                .isInstanceOf(Declaring.OtherNotEnrolled.class);
        assertThat(directory().lookAlikes(ann)).contains(List.of());
    }

    @Test
    default void personWithTheMostLookAlikes_getsNoMore() {
        UserId ann = enrolledPerson();
        for (int i = 0; i < PeopleDirectory.MOST_LOOK_ALIKES; i++) {
            assertThat(directory().declareLookAlikes(enrolledPerson(), ann, NOON))
                    .isInstanceOf(Declaring.Declared.class);
        }

        assertThat(directory().declareLookAlikes(ann, enrolledPerson(), NOON)).isInstanceOf(Declaring.TooMany.class);
        UserId known = directory().lookAlikes(ann).orElseThrow().get(0).userId();
        assertThat(directory().declareLookAlikes(ann, known, NOON)).isInstanceOf(Declaring.Declared.class);
    }

    @Test
    default void bothOrdersAtOnce_declareOnce() throws Exception {
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
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
        UserId ann = enrolledPerson();
        UserId bob = enrolledPerson();
        directory().declareLookAlikes(ann, bob, NOON);

        people().erase(bob, MORNING, KeptMarks.KEEP, CALLER);

        assertThat(directory().lookAlikes(ann)).contains(List.of());
        assertThat(people().find(ann, MODEL).orElseThrow().lookAlikes()).isEmpty();
    }

    @Test
    default void exportOfAPerson_hasTheNumberOfLookAlikes() {
        UserId ann = enrolledPerson();
        directory().declareLookAlikes(ann, enrolledPerson(), NOON);
        directory().declareLookAlikes(enrolledPerson(), ann, NOON);

        JsonNode held = Json.parse(people().export(ann, MORNING, CALLER).orElseThrow());

        assertThat(held.at("/person/look_alikes").asInt()).isEqualTo(2);
    }
}
