package dev.rollcall.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Error rates of a verification experiment (ISO/IEC 19795-1), from scored pairs. */
final class Verification {

    private final List<Score> scores;
    private final double[] genuine;
    private final double[] impostor;

    /**
     * The result of one comparison.
     *
     * @param similarity −1…1; −1 for a picture without a face
     * @param same whether both pictures show one person
     */
    record Score(double similarity, boolean same, int fold) {}

    /** The accuracy of one fold at the threshold that was best on the others. */
    record Fold(int number, double threshold, double accuracy) {}

    Verification(List<Score> scores) {
        this.scores = List.copyOf(scores);
        genuine = sorted(scores, true);
        impostor = sorted(scores, false);
        if (genuine.length == 0 || impostor.length == 0) {
            throw new IllegalArgumentException("both genuine and impostor pairs are needed");
        }
    }

    private static double[] sorted(List<Score> scores, boolean same) {
        return scores.stream()
                .filter(score -> score.same() == same)
                .mapToDouble(Score::similarity)
                .sorted()
                .toArray();
    }

    /** The protocol of LFW: the accuracy of each fold at the threshold that is best on the other folds. */
    List<Fold> folds() {
        SortedSet<Integer> numbers = new TreeSet<>();
        scores.forEach(score -> numbers.add(score.fold()));
        List<Fold> folds = new ArrayList<>();
        for (int number : numbers) {
            List<Score> others =
                    scores.stream().filter(score -> score.fold() != number).toList();
            List<Score> own =
                    scores.stream().filter(score -> score.fold() == number).toList();
            double threshold = bestThreshold(others.isEmpty() ? own : others);
            folds.add(new Fold(number, threshold, accuracy(own, threshold)));
        }
        return folds;
    }

    /** The lowest threshold, midway between two scores, at which most pairs are decided correctly. */
    static double bestThreshold(List<Score> scores) {
        List<Score> ascending = scores.stream()
                .sorted((one, other) -> Double.compare(one.similarity(), other.similarity()))
                .toList();
        long correct = ascending.stream().filter(Score::same).count();
        long best = correct;
        double threshold = ascending.get(0).similarity();
        for (int i = 0; i < ascending.size(); i++) {
            correct += ascending.get(i).same() ? -1 : 1;
            double here = ascending.get(i).similarity();
            double next = i + 1 < ascending.size() ? ascending.get(i + 1).similarity() : Math.nextUp(here);
            if (correct > best && next > here) {
                best = correct;
                threshold = (here + next) / 2;
            }
        }
        return threshold;
    }

    private static double accuracy(List<Score> scores, double threshold) {
        long correct = scores.stream()
                .filter(score -> (score.similarity() >= threshold) == score.same())
                .count();
        return (double) correct / scores.size();
    }

    /** False match rate: the part of impostor pairs at or above a threshold. */
    double fmr(double threshold) {
        return (double) (impostor.length - below(impostor, threshold)) / impostor.length;
    }

    /** False non-match rate: the part of genuine pairs below a threshold. */
    double fnmr(double threshold) {
        return (double) below(genuine, threshold) / genuine.length;
    }

    /** The lowest threshold at which the false match rate is at most the wanted one. */
    double thresholdAtFmr(double wanted) {
        int allowed = (int) Math.floor(wanted * impostor.length + 1e-9);
        return allowed >= impostor.length ? impostor[0] : Math.nextUp(impostor[impostor.length - 1 - allowed]);
    }

    /** The equal error rate: where false matches and false non-matches are closest, their mean. */
    double equalErrorRate() {
        double rate = 1;
        double gap = Double.MAX_VALUE;
        for (Score score : scores) {
            double fmr = fmr(score.similarity());
            double fnmr = fnmr(score.similarity());
            if (Math.abs(fmr - fnmr) < gap) {
                gap = Math.abs(fmr - fnmr);
                rate = (fmr + fnmr) / 2;
            }
        }
        return rate;
    }

    private static int below(double[] ascending, double threshold) {
        int at = Arrays.binarySearch(ascending, threshold);
        if (at < 0) {
            return -at - 1;
        }
        while (at > 0 && ascending[at - 1] == threshold) {
            at--;
        }
        return at;
    }

    int genuinePairs() {
        return genuine.length;
    }

    int impostorPairs() {
        return impostor.length;
    }
}
