package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import dev.rollcall.recognition.FaceFindings.ImageFace;
import java.util.List;

/**
 * The template of the images of one moment: the mean of their embeddings before normalisation, so that clear images count
 * more. It recognises nearly as well as all of them together and takes one place: bench/results/images.md.
 *
 * @param best the face of the best quality
 * @param embedding the mean, normalised
 * @param images the indexes of the images, in order
 */
record AveragedFace(Face best, Embedding embedding, List<Integer> images) {

    AveragedFace {
        images = List.copyOf(images);
    }

    /**
     * Averages.
     *
     * @param faces at least one, of one person
     */
    static AveragedFace of(List<ImageFace> faces) {
        Face best = faces.get(0).face();
        float[] sum = new float[Embedding.DIMENSIONS];
        for (ImageFace face : faces) {
            float norm = norm(face.face());
            if (norm > norm(best)) {
                best = face.face();
            }
            float[] components = face.face().embedding().components();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += norm * components[i];
            }
        }
        Embedding mean = faces.size() == 1 ? best.embedding() : Embedding.normalized(sum);
        return new AveragedFace(best, mean, faces.stream().map(ImageFace::image).toList());
    }

    /** The quality of the best image. */
    float quality() {
        return norm(best);
    }

    private static float norm(Face face) {
        return face.quality().embeddingNorm();
    }
}
