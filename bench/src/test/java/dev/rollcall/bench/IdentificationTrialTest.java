package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.bench.IdentificationTrial.Rates;
import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.engine.Embedding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IdentificationTrialTest {

    private static final double COSINE_40 = Math.cos(Math.toRadians(40));

    @Test
    void theMostSimilarPersonIsNamed_unlessAnotherIsWithinTheMargin() {
        List<EnrolledPerson> people = EnrolledPerson.of(
                Map.of(
                        new Picture("anna", "1"), direction(0),
                        new Picture("anna", "2"), direction(10),
                        new Picture("bert", "1"), direction(35),
                        new Picture("bert", "2"), direction(15),
                        new Picture("carl", "1"), direction(120),
                        new Picture("carl", "2"), direction(180)),
                1);
        IdentificationTrial trial = new IdentificationTrial(people, 3, 1);
        PersonBootstrap bootstrap = new PersonBootstrap(3);

        Rates plain = trial.rates(bootstrap, COSINE_40, 0);
        Rates withMargin = trial.rates(bootstrap, COSINE_40, 0.07);

        assertThat(trial.rankOne()).as("bert's picture is nearer to anna").isCloseTo(2 / 3.0, within(1e-9));
        assertThat(plain.named().rate()).as("anna").isCloseTo(1 / 3.0, within(1e-9));
        assertThat(plain.wrong().rate()).as("bert").isCloseTo(1 / 3.0, within(1e-9));
        assertThat(plain.refused().rate()).as("carl").isCloseTo(1 / 3.0, within(1e-9));
        assertThat(plain.strangers().rate())
                .as("anna and bert without themselves are each other")
                .isCloseTo(2 / 3.0, within(1e-9));
        assertThat(withMargin.wrong().rate()).isZero();
        assertThat(withMargin.ambiguous().rate()).isCloseTo(1 / 3.0, within(1e-9));
    }

    @Test
    void strangers_areThePeopleOutsideTheGallery() {
        IdentificationTrial trial = new IdentificationTrial(randomPeople(50), 20, 3);

        assertThat(trial.templates()).isEqualTo(20);
        assertThat(trial.searches(true)).isEqualTo(3 * 20);
        assertThat(trial.searches(false)).isEqualTo(3 * 30);
        assertThat(trial.rates(new PersonBootstrap(50), 0.9, 0).strangers().rate())
                .isZero();
    }

    @Test
    void twinsAreAmbiguous_whenTheirSimilaritiesAreWithinTheMargin() {
        TwinTrial twins = new TwinTrial(EnrolledPerson.of(
                Map.of(
                        new Picture("anna", "1"), direction(0),
                        new Picture("anna", "2"), direction(20),
                        new Picture("anna", "3"), direction(10),
                        new Picture("anna", "4"), direction(30)),
                2));

        assertThat(twins.searches()).isEqualTo(2);
        assertThat(twins.ambiguous(COSINE_40, 0.05)).isEqualTo(0.5);
        assertThat(twins.ambiguous(COSINE_40, 0.2)).isEqualTo(1);
    }

    private static List<EnrolledPerson> randomPeople(int count) {
        Random random = new Random(3);
        Map<Picture, Embedding> pictures = new HashMap<>();
        for (int i = 0; i < count; i++) {
            float[] vector = new float[Embedding.DIMENSIONS];
            for (int j = 0; j < vector.length; j++) {
                vector[j] = (float) random.nextGaussian();
            }
            pictures.put(new Picture("p" + i, "1"), Embedding.normalized(vector));
            pictures.put(new Picture("p" + i, "2"), Embedding.normalized(vector));
        }
        return EnrolledPerson.of(pictures, 1);
    }

    private static Embedding direction(double degrees) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return Embedding.normalized(vector);
    }
}
