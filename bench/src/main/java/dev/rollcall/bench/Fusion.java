package dev.rollcall.bench;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import java.util.Comparator;
import java.util.List;

/** Ways to compare several images of one moment with a template. */
enum Fusion {
    BEST("best similarity") {
        @Override
        double score(List<Face> images, Embedding template) {
            return images.stream()
                    .mapToDouble(image -> image.embedding().similarity(template))
                    .max()
                    .orElse(NONE);
        }
    },
    MEAN("mean of the similarities") {
        @Override
        double score(List<Face> images, Embedding template) {
            return images.stream()
                    .mapToDouble(image -> image.embedding().similarity(template))
                    .average()
                    .orElse(NONE);
        }
    },
    AVERAGED("averaged embedding") {
        @Override
        double score(List<Face> images, Embedding template) {
            return mean(images).similarity(template);
        }
    },
    CLEAREST("image with the greatest embedding norm") {
        @Override
        double score(List<Face> images, Embedding template) {
            return images.stream()
                    .max(Comparator.comparingDouble(image -> image.quality().embeddingNorm()))
                    .map(image -> image.embedding().similarity(template))
                    .orElse(NONE);
        }
    };

    private static final double NONE = -1;

    private final String title;

    Fusion(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The similarity of the images to a template. */
    abstract double score(List<Face> images, Embedding template);

    private static Embedding mean(List<Face> images) {
        float[] sum = new float[Embedding.DIMENSIONS];
        for (Face image : images) {
            float[] components = image.embedding().components();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += components[i];
            }
        }
        return Embedding.normalized(sum);
    }
}
