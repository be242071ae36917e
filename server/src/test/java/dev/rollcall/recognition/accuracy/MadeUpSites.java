package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.Embedding;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A store of sites in memory, with the rules of the database's functions. */
final class MadeUpSites implements AccuracyStore {

    final List<Move> moves = new ArrayList<>();
    int readings;
    long change = 1;

    /** Run at each reading of people. */
    Runnable readingTakes = () -> {};

    private final Clock clock;
    private final Map<String, List<List<Embedding>>> people = new HashMap<>();
    private final Map<String, Double> targets = new HashMap<>();
    private final Map<String, Double> thresholds = new HashMap<>();
    private final Map<String, Instant> changed = new HashMap<>();
    private final List<String> sites = new ArrayList<>();
    private final List<Double> marks = new ArrayList<>();

    /** Creates a store with the site {@code default}. */
    MadeUpSites(Clock clock) {
        this.clock = clock;
        sites.add("default");
    }

    void addSite(String site, @Nullable Double target) {
        sites.add(site);
        if (target != null) {
            targets.put(site, target);
        }
    }

    /** Sets the people who are bound to a site, or to none for an empty text. */
    void setPeople(String site, List<List<Embedding>> own) {
        people.put(site, own);
        change++;
    }

    /** Adds a mark of some similarity; each is another person's. */
    void addMark(double similarity) {
        marks.add(similarity);
    }

    double threshold(String site) {
        return thresholds.getOrDefault(site, 0.80);
    }

    @Override
    public synchronized Sites sites() {
        return new Sites(
                change,
                sites.stream()
                        .map(site ->
                                new SiteRow(site, people.containsKey(site), targets.get(site), thresholds.get(site)))
                        .toList());
    }

    @Override
    public List<EnrolledTemplates> people(String modelId, @Nullable String site, @Nullable Long after, int limit) {
        readings++;
        readingTakes.run();
        List<List<Embedding>> all = new ArrayList<>(people.getOrDefault("", List.of()));
        all.addAll(site == null ? List.of() : people.getOrDefault(site, List.of()));
        List<EnrolledTemplates> page = new ArrayList<>();
        for (int i = after == null ? 0 : after.intValue() + 1; i < all.size() && page.size() < limit; i++) {
            page.add(new EnrolledTemplates(i, "p" + i, all.get(i), Set.of()));
        }
        return page;
    }

    @Override
    public OwnMarks marks(String site, Instant since, int most, List<Double> asked) {
        List<OwnMarks.Below> below = asked.stream()
                .map(threshold -> marks.stream()
                        .filter(similarity -> similarity < threshold)
                        .count())
                .map(count -> new OwnMarks.Below(count, count.intValue()))
                .toList();
        return new OwnMarks(marks.size(), marks.size(), since, below);
    }

    @Override
    public synchronized boolean moveThreshold(Move move) {
        Instant last = changed.getOrDefault(move.site(), Instant.EPOCH);
        if (!Objects.equals(thresholds.get(move.site()), move.from())
                || last.isAfter(clock.instant().minus(move.unchangedFor()))) {
            return false;
        }
        thresholds.put(move.site(), move.to());
        changed.put(move.site(), clock.instant());
        moves.add(move);
        return true;
    }
}
