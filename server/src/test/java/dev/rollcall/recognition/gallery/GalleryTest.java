package dev.rollcall.recognition.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gallery beside a store that others change. */
class GalleryTest {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final UserId NOBODY = new UserId("nobody");

    private final Random random = new Random(3);
    private final ChangingPeople people = new ChangingPeople();
    private final Gallery gallery = new Gallery(people, ChangingPeople.MODEL, new TemplateIndex());
    private final Embedding annsFace = face();
    private final Embedding bobsFace = face();

    @AfterEach
    void close() {
        gallery.close();
    }

    @Test
    void unreadGallery_isNotReadyAndReadsNothingByCatchingUp() {
        people.set(ANN, List.of(annsFace));

        gallery.catchUp();

        assertThat(gallery.isReady()).isFalse();
        assertThat(gallery.size()).isZero();
    }

    @Test
    void loadedGallery_findsTheMostSimilarOtherPerson() {
        people.set(ANN, List.of(annsFace, face()));
        people.set(BOB, List.of(face(), bobsFace));

        gallery.load();

        assertThat(gallery.isReady()).isTrue();
        assertThat(gallery.size()).isEqualTo(4);
        assertThat(gallery.completeUpTo()).isEqualTo(people.greatestId());
        assertThat(found(annsFace, NOBODY)).isEqualTo(ANN);
        assertThat(found(annsFace, ANN)).isEqualTo(BOB);
        assertThat(found(bobsFace, NOBODY)).isEqualTo(BOB);
    }

    @Test
    void hundredsOfPeople_areReadInSeveralPages() {
        for (int i = 0; i < 700; i++) {
            people.set(new UserId("person-" + i), List.of(face()));
        }
        people.set(ANN, List.of(annsFace));

        gallery.load();

        assertThat(gallery.size()).isEqualTo(701);
        assertThat(people.reads()).isEqualTo(3);
        assertThat(found(annsFace, NOBODY)).isEqualTo(ANN);
    }

    @Test
    void laterChanges_areReadAndNothingElse() {
        people.set(ANN, List.of(annsFace));
        people.set(BOB, List.of(bobsFace));
        gallery.load();
        Embedding newFace = face();

        people.set(ANN, List.of(newFace));
        people.set(BOB, List.of());
        gallery.catchUp();

        assertThat(gallery.size()).isEqualTo(1);
        assertThat(found(newFace, NOBODY)).isEqualTo(ANN);
        assertThat(gallery.nearestOther(bobsFace, ANN)).isEmpty();
        assertThat(people.shown()).isEqualTo(4);
    }

    @Test
    void activePeopleOfASiteAndOfEverySite_areFoundThere() {
        people.set(ANN, "gate-1", true, List.of(annsFace, face()));
        people.set(BOB, null, true, List.of(bobsFace));
        people.set(NOBODY, "gate-1", false, List.of(face()));
        gallery.load();

        assertThat(foundAt("gate-1")).containsExactlyInAnyOrder(ANN, BOB);
        assertThat(foundAt("gate-2")).containsExactly(BOB);
        assertThat(gallery.sizeAt("gate-1")).isEqualTo(new Gallery.Size(2, 3));
        assertThat(gallery.sizeAt("gate-2")).isEqualTo(new Gallery.Size(1, 1));
        assertThat(gallery.size()).isEqualTo(4);
    }

    @Test
    void personWhoMovesOrIsDeactivated_isFoundWhereAndAsLongAsItIsRight() {
        people.set(ANN, "gate-1", true, List.of(annsFace));
        gallery.load();

        people.set(ANN, "gate-2", true, List.of(annsFace));
        gallery.catchUp();
        assertThat(foundAt("gate-1")).isEmpty();
        assertThat(foundAt("gate-2")).containsExactly(ANN);
        assertThat(gallery.sizeAt("gate-1")).isEqualTo(new Gallery.Size(0, 0));

        people.set(ANN, "gate-2", false, List.of(annsFace));
        gallery.catchUp();
        assertThat(foundAt("gate-2")).isEmpty();
        assertThat(gallery.sizeAt("gate-2")).isEqualTo(new Gallery.Size(0, 0));
        assertThat(found(annsFace, NOBODY))
                .as("enrollment asks inactive people too")
                .isEqualTo(ANN);

        people.set(ANN, null, true, List.of(annsFace, face()));
        gallery.catchUp();
        assertThat(foundAt("gate-1")).containsExactly(ANN);
        assertThat(gallery.sizeAt("gate-1")).isEqualTo(new Gallery.Size(1, 2));

        people.set(ANN, List.of());
        gallery.catchUp();
        assertThat(gallery.sizeAt("gate-1")).isEqualTo(new Gallery.Size(0, 0));
    }

    private List<UserId> foundAt(String site) {
        return gallery.nearest(annsFace, site, 5).stream()
                .map(Gallery.Found::userId)
                .toList();
    }

    @Test
    void personWhoComesBack_isFoundAgain() {
        people.set(ANN, List.of(annsFace));
        gallery.load();
        people.set(ANN, List.of());
        gallery.catchUp();
        assertThat(gallery.nearestOther(annsFace, NOBODY)).isEmpty();

        people.set(ANN, List.of(annsFace));
        gallery.catchUp();

        assertThat(found(annsFace, NOBODY)).isEqualTo(ANN);
    }

    @Test
    void erasureThatTheStoreHasForgotten_makesItReadAllAgain() {
        people.set(ANN, List.of(annsFace));
        people.set(BOB, List.of(bobsFace));
        gallery.load();

        people.set(BOB, List.of());
        people.forgetErased();
        gallery.catchUp();

        assertThat(gallery.isReady()).isTrue();
        assertThat(gallery.size()).isEqualTo(1);
        assertThat(found(bobsFace, NOBODY)).isEqualTo(ANN);
    }

    @Test
    void erasureThatWasReadAndThenForgotten_makesItReadNothingAgain() {
        people.set(ANN, List.of(annsFace));
        people.set(BOB, List.of(bobsFace));
        gallery.load();
        people.set(BOB, List.of());
        gallery.catchUp();
        int shown = people.shown();

        people.forgetErased();
        gallery.catchUp();

        assertThat(people.shown()).isEqualTo(shown);
    }

    @Test
    void unreachableStore_isNoReasonToForget() {
        people.set(ANN, List.of(annsFace));
        gallery.load();
        people.setReachable(false);

        assertThatThrownBy(gallery::catchUp).isInstanceOf(StoreUnavailableException.class);
        assertThatCode(gallery::catchUpIfPossible).doesNotThrowAnyException();

        assertThat(gallery.isReady()).isTrue();
        assertThat(found(annsFace, NOBODY)).isEqualTo(ANN);
    }

    private UserId found(Embedding face, UserId except) {
        return gallery.nearestOther(face, except).orElseThrow().userId();
    }

    private Embedding face() {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return Embedding.normalized(vector);
    }
}
