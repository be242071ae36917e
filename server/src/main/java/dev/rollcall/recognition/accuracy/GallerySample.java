package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.Embedding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * People of a gallery with their templates: all of them, or a random part of a large gallery. Not safe for use by several
 * threads.
 */
public final class GallerySample {

    /*
     * The templates stand in blocks of LANES, component after component, so that one component of a face is multiplied with that
     * of LANES templates at once: additions of different sums, which the JVM compiles to vector instructions.
     */

    /** Most templates: 4 MB, and 2 million pairs. */
    public static final int MAX_TEMPLATES = 2000;

    static final int LANES = 64;

    private static final int DIMENSIONS = Embedding.DIMENSIONS;

    private final List<float[]> blocks = new ArrayList<>();
    private final List<String> userIds = new ArrayList<>();
    private final List<Integer> firstTemplates = new ArrayList<>();
    private final Set<Pair> lookAlikes = new HashSet<>();
    private int templates;
    private boolean complete = true;

    /** Two people in the order of their ids. */
    private record Pair(String one, String other) {

        static Pair of(String one, String other) {
            return one.compareTo(other) < 0 ? new Pair(one, other) : new Pair(other, one);
        }
    }

    /**
     * Adds a person, unless there is no more room.
     *
     * @param own the person's templates, at least one
     * @param alike people who are known to look like this one; the pairs are not compared
     * @return whether the person was added; if not, the sample is a part of the gallery
     */
    public boolean add(String userId, List<Embedding> own, Set<String> alike) {
        if (templates + own.size() > MAX_TEMPLATES) {
            complete = false;
            return false;
        }
        userIds.add(userId);
        firstTemplates.add(templates);
        own.forEach(this::put);
        alike.forEach(other -> lookAlikes.add(Pair.of(userId, other)));
        return true;
    }

    private void put(Embedding template) {
        int lane = templates % LANES;
        if (lane == 0) {
            blocks.add(new float[DIMENSIONS * LANES]);
        }
        float[] block = blocks.get(templates / LANES);
        float[] components = template.components();
        for (int i = 0; i < DIMENSIONS; i++) {
            block[i * LANES + lane] = components[i];
        }
        templates++;
    }

    /** Whether everybody who was to be added was. */
    boolean isComplete() {
        return complete;
    }

    int people() {
        return userIds.size();
    }

    int templates() {
        return templates;
    }

    /** The number of the first template of a person; for the number of people, the number of templates. */
    int firstTemplate(int person) {
        return person == userIds.size() ? templates : firstTemplates.get(person);
    }

    boolean areLookAlikes(int one, int other) {
        return !lookAlikes.isEmpty() && lookAlikes.contains(Pair.of(userIds.get(one), userIds.get(other)));
    }

    /**
     * Computes the similarities of a template and all templates from a number on.
     *
     * @param similarities receives that of template i at i
     */
    void compare(int template, int from, float[] similarities) {
        float[] face = new float[DIMENSIONS];
        float[] own = blocks.get(template / LANES);
        for (int i = 0; i < DIMENSIONS; i++) {
            face[i] = own[i * LANES + template % LANES];
        }
        float[] sums = new float[LANES];
        for (int block = from / LANES; block < blocks.size(); block++) {
            multiply(face, blocks.get(block), sums);
            int start = block * LANES;
            System.arraycopy(sums, 0, similarities, start, Math.min(LANES, templates - start));
        }
    }

    private static void multiply(float[] face, float[] block, float[] sums) {
        Arrays.fill(sums, 0);
        for (int i = 0; i < DIMENSIONS; i++) {
            float component = face[i];
            int at = i * LANES;
            for (int lane = 0; lane < LANES; lane++) {
                sums[lane] += component * block[at + lane];
            }
        }
    }
}
