package dev.rollcall.bench;

import dev.rollcall.bench.Tries.Try;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.Face;
import java.util.ArrayList;
import java.util.List;

/** The similarities of true and false claims with some of the images of each try, put together in one way. */
final class ImagesTrial {

    private final int people;
    private final List<Claim> genuine;
    private final AllPairs pairs;

    /** A true claim. */
    private record Claim(int person, double similarity) {}

    /**
     * Makes each try with each choice of its images claim to be each person.
     *
     * @param claimed a template of each person, first those of the tries
     * @param images how many images of a try are used
     */
    ImagesTrial(Tries tries, List<Embedding> claimed, Fusion fusion, int images) {
        people = tries.templates().size();
        genuine = tries.all().stream()
                .flatMap(one -> one.choices(images).stream()
                        .map(choice -> new Claim(one.person(), fusion.score(choice, claimed.get(one.person())))))
                .toList();
        List<Double> impostors = tries.all().parallelStream()
                .flatMap(one -> falseClaims(one, claimed, fusion, images).stream())
                .toList();
        pairs = AllPairs.of(genuine.stream().map(Claim::similarity).toList(), impostors);
    }

    private static List<Double> falseClaims(Try one, List<Embedding> claimed, Fusion fusion, int images) {
        List<Double> similarities = new ArrayList<>();
        for (List<Face> choice : one.choices(images)) {
            for (int person = 0; person < claimed.size(); person++) {
                if (person != one.person()) {
                    similarities.add(fusion.score(choice, claimed.get(person)));
                }
            }
        }
        return similarities;
    }

    /** The part of the false claims that match. */
    double fmr(double similarity) {
        return pairs.fmr(similarity);
    }

    double similarityAtFmr(double fmr) {
        return pairs.similarityAtFmr(fmr);
    }

    /** The part of the true claims that are refused. */
    Interval fnmr(double similarity) {
        int[] all = new int[people];
        int[] refused = new int[people];
        for (Claim claim : genuine) {
            all[claim.person()]++;
            refused[claim.person()] += claim.similarity() < similarity ? 1 : 0;
        }
        return new PersonBootstrap(people).ofProbes(all, refused);
    }
}
