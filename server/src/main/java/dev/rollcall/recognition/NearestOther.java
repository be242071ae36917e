package dev.rollcall.recognition;

import dev.rollcall.engine.Embedding;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.recognition.gallery.Gallery.Found;
import org.jspecify.annotations.Nullable;

/**
 * The person who is most similar to a face, other than the one who is enrolled.
 *
 * @param found null when nobody else has a template
 * @param checkedUpTo the greatest id of the templates that were compared
 */
record NearestOther(@Nullable Found found, long checkedUpTo) {

    /** Asks the gallery, which has everything. */
    static NearestOther inGallery(Gallery gallery, Embedding face, UserId enrolled) {
        long completeUpTo = gallery.completeUpTo();
        return new NearestOther(gallery.nearestOther(face, enrolled).orElse(null), completeUpTo);
    }

    /**
     * Reads the store's templates with greater ids than those compared before.
     *
     * @param before the result for these
     */
    static NearestOther inStore(
            EnrollmentStore people, String modelId, Embedding face, UserId enrolled, NearestOther before) {
        Best best = new Best(before.found());
        long last = people.forEachTemplate(modelId, before.checkedUpTo(), (owner, template) -> {
            if (!owner.equals(enrolled)) {
                best.offer(owner, face.similarity(template));
            }
        });
        return new NearestOther(best.found, last);
    }

    /** Cosine, −1…1; −1 when nobody else has a template. */
    double similarity() {
        return found == null ? -1 : found.similarity();
    }

    private static final class Best {

        private @Nullable Found found;

        private Best(@Nullable Found found) {
            this.found = found;
        }

        private void offer(UserId owner, double similarity) {
            if (found == null || similarity > found.similarity()) {
                found = new Found(owner, similarity);
            }
        }
    }
}
