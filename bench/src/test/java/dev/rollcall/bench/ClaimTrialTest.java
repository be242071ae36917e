package dev.rollcall.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.bench.ClaimTrial.Result;
import dev.rollcall.bench.ClaimTrial.Rule;
import dev.rollcall.bench.Pair.Picture;
import dev.rollcall.bench.PersonBootstrap.Match;
import dev.rollcall.engine.Embedding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Three people whose faces are directions in a plane, so that similarities are cosines of the angles between them. */
class ClaimTrialTest {

    private static final double COSINE_40 = Math.cos(Math.toRadians(40));
    private static final int ANNA = 0;
    private static final int BERT = 1;
    private static final int CARL = 2;

    private final ClaimTrial trial = new ClaimTrial(EnrolledPerson.of(
            Map.of(
                    new Picture("anna", "1"), direction(0),
                    new Picture("anna", "2"), direction(10),
                    new Picture("bert", "1"), direction(35),
                    new Picture("bert", "2"), direction(15),
                    new Picture("carl", "1"), direction(90)),
            1));

    @Test
    void withoutTheRule_everySimilarPersonMatches() {
        Result result = trial.ofEnrolled(new Rule(COSINE_40, ClaimTrial.NO_RIVAL));

        assertThat(result.matches())
                .as("25 and 15 degrees from the other's template")
                .containsExactly(new Match(ANNA, BERT), new Match(BERT, ANNA));
        assertThat(result.fmr().rate()).as("two probes, two claims each").isEqualTo(0.5);
        assertThat(result.passing().rate()).isEqualTo(1);
        assertThat(result.fnmr().rate()).isZero();
    }

    @Test
    void withTheRule_onlyTheMostSimilarPersonMatches() {
        Result result = trial.ofEnrolled(new Rule(COSINE_40, 0));

        assertThat(result.matches()).as("bert's probe is nearer to anna").containsExactly(new Match(BERT, ANNA));
        assertThat(result.fnmr().rate()).as("and is refused as bert").isEqualTo(0.5);
    }

    @Test
    void aMargin_refusesThoseNearBoth() {
        Result result = trial.ofEnrolled(new Rule(COSINE_40, 0.07));

        assertThat(result.matches()).isEmpty();
        assertThat(result.fnmr().rate()).isEqualTo(0.5);
    }

    @Test
    void aStranger_hasNoRivalOfTheOwnName() {
        Result result = trial.ofStrangers(new Rule(COSINE_40, 0));

        assertThat(result.matches())
                .as("each is nearest to the other")
                .containsExactly(new Match(ANNA, BERT), new Match(BERT, ANNA));
    }

    @Test
    void aPersonWithOnePicture_isEnrolledAndNeverAsks() {
        assertThat(trial.people()).isEqualTo(3);
        assertThat(trial.probes()).isEqualTo(2);
        assertThat(trial.name(CARL)).isEqualTo("carl");
    }

    @Test
    void templates_areTheFirstPicturesAndLeaveOneToAskWith() {
        Map<Picture, Embedding> pictures = new LinkedHashMap<>();
        for (int i = 1; i <= 3; i++) {
            pictures.put(new Picture("anna", String.valueOf(i)), direction(i));
        }

        EnrolledPerson anna = EnrolledPerson.of(pictures, 5).get(0);

        assertThat(anna.templates()).containsExactly(direction(1), direction(2));
        assertThat(anna.probes()).isEqualTo(List.of(direction(3)));
    }

    private static Embedding direction(double degrees) {
        float[] vector = new float[Embedding.DIMENSIONS];
        vector[0] = (float) Math.cos(Math.toRadians(degrees));
        vector[1] = (float) Math.sin(Math.toRadians(degrees));
        return Embedding.normalized(vector);
    }
}
