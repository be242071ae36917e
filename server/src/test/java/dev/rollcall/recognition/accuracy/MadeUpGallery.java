package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.ImpostorTail;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * People whose faces are alike to a chosen degree: each is a direction of its own near a common one, and each template a direction near
 * the person's.
 */
final class MadeUpGallery {

    static final ImpostorTail BUILT_IN = new ImpostorTail(-0.037, 0.1204);

    /** Few dimensions, so that similarities of different people spread as those of faces do. */
    private static final int EFFECTIVE_DIMENSIONS = 100;

    private final Random random;
    private final double common;
    private final double noise;
    private final float[] middle;

    /**
     * Creates a population.
     *
     * @param common the part of the common direction in each person's, 0…1
     * @param noise the part of a person's direction that differs between templates, 0…1
     */
    MadeUpGallery(long seed, double common, double noise) {
        random = new Random(seed);
        this.common = common;
        this.noise = noise;
        middle = direction();
    }

    private float[] direction() {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < EFFECTIVE_DIMENSIONS; i++) {
            vector[i] = (float) (random.nextGaussian() / Math.sqrt(EFFECTIVE_DIMENSIONS));
        }
        return vector;
    }

    private static float[] mixed(float[] one, float[] other, double part) {
        float[] vector = new float[Embedding.DIMENSIONS];
        for (int i = 0; i < vector.length; i++) {
            vector[i] = (float) (Math.sqrt(1 - part) * one[i] + Math.sqrt(part) * other[i]);
        }
        return vector;
    }

    /** A new person with so many templates. */
    List<Embedding> person(int templates) {
        float[] face = mixed(direction(), middle, common);
        List<Embedding> own = new ArrayList<>();
        for (int i = 0; i < templates; i++) {
            own.add(Embedding.normalized(mixed(face, direction(), noise)));
        }
        return own;
    }

    List<List<Embedding>> people(int count, int templates) {
        List<List<Embedding>> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(person(templates));
        }
        return people;
    }

    static GallerySample sample(List<List<Embedding>> people) {
        GallerySample sample = new GallerySample();
        for (int i = 0; i < people.size(); i++) {
            sample.add("p" + i, people.get(i), Set.of());
        }
        return sample;
    }

    static SiteEstimate estimate(List<List<Embedding>> people) throws InterruptedException {
        return SiteEstimate.of(sample(people), BUILT_IN, Pace.full());
    }

    /** The share of attempts with one image at which different people match, counted. */
    static double fmr(List<List<Embedding>> people, double threshold) {
        double sum = 0;
        for (List<Embedding> one : people) {
            for (List<Embedding> other : people) {
                if (one != other) {
                    long matches = one.stream()
                            .filter(face -> other.stream().anyMatch(own -> face.similarity(own) >= threshold))
                            .count();
                    sum += (double) matches / one.size();
                }
            }
        }
        return sum / people.size() / (people.size() - 1);
    }
}
