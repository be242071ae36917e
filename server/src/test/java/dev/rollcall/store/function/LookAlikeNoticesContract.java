package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.enroll;
import static dev.rollcall.store.function.Samples.newUserId;
import static dev.rollcall.store.function.Samples.template;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rollcall.people.EnrollmentStore.LookAlike;
import dev.rollcall.people.EnrollmentStore.NewTemplate;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who is noted in the audit log to look like another person at enrollment. */
interface LookAlikeNoticesContract {

    PeopleStore people();

    PeopleDirectory directory();

    @Test
    default void lookAlike_isNotedOncePerPairSinceBothAreEnrolled() throws IOException {
        UserId ann = newUserId();
        UserId bob = newUserId();
        enroll(people(), ann, 1);
        enrollLooking(bob, ann);
        enrollLooking(bob, ann);
        enrollLooking(ann, bob);

        assertThat(lookAlikes(bob)).singleElement().satisfies(details -> {
            assertThat(details.path("rival_similarity").asDouble()).isEqualTo(0.5);
            assertThat(details.path("rival_confidence").asDouble()).isEqualTo(0.87);
        });
        assertThat(lookAlikes(ann)).isEmpty();

        people().erase(ann, MORNING.plusSeconds(1), KeptMarks.KEEP, CALLER);
        enrollLooking(bob, ann);
        assertThat(lookAlikes(bob)).hasSize(1);
    }

    private void enrollLooking(UserId userId, UserId like) {
        NewTemplate template = template(userId, 2, Samples.keepAll(people(), userId), Long.MAX_VALUE);
        people().enroll(new NewTemplate(
                template.identity(),
                template.template(),
                template.keep(),
                template.checkedUpTo(),
                new LookAlike(like, 0.5, 0.87),
                CALLER));
    }

    private List<JsonNode> lookAlikes(UserId userId) throws IOException {
        List<JsonNode> details = new ArrayList<>();
        for (JsonNode entry : new ObjectMapper()
                .readTree(people().export(userId, MORNING, CALLER).orElseThrow())
                .path("audit")) {
            if (entry.path("action").asText().equals("LOOK_ALIKE")) {
                details.add(entry.path("details"));
            }
        }
        return details;
    }
}
