package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.SiteTails;
import dev.rollcall.recognition.Thresholds;
import dev.rollcall.recognition.accuracy.AccuracyStore.EnrolledTemplates;
import dev.rollcall.recognition.accuracy.AccuracyStore.SiteRow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each site's accuracy, and the movement of automatic thresholds. {@link #update} is called again and again by one
 * thread; the other methods are safe for use by several.
 */
public final class AccuracyMonitor implements SiteTails {

    /**
     * People of one page of templates. A page is in memory as a whole, and each of its people may have 100 templates of 2 kB in
     * hexadecimal digits: 4 MB, of which the store's JSON takes a multiple while it is parsed.
     */
    private static final int PEOPLE_AT_ONCE = 20;

    private static final Duration MARKS_READ_EVERY = Duration.ofHours(1);
    private static final Duration MARKS_SINCE = Duration.ofDays(90);
    private static final int MOST_MARKS = 10_000;

    /** An estimate is followed by a pause of so many times its duration. */
    private static final int PAUSE_RATIO = 20;

    private final AccuracyStore store;
    private final Recognizer recognizer;
    private final ImpostorTail builtIn;
    private final Policy policy;
    private final Time time;
    private final ThresholdLog log = new ThresholdLog();
    private final Map<String, Estimated> galleries = new HashMap<>();
    private final Map<String, SiteAccuracy> sites = new ConcurrentHashMap<>();
    private final Map<String, Instant> marksRead = new HashMap<>();
    private long nextEstimate;

    /**
     * Creates one that knows nothing yet.
     *
     * @param builtIn the tail of different people's similarities that the estimates begin with
     */
    public AccuracyMonitor(AccuracyStore store, Recognizer recognizer, ImpostorTail builtIn, Policy policy, Time time) {
        this.store = store;
        this.recognizer = recognizer;
        this.builtIn = builtIn;
        this.policy = policy;
        this.time = time;
        this.nextEstimate = time.elapsed().getAsLong();
    }

    /**
     * The settings.
     *
     * @param thresholds those in use; automatic ones are moved
     * @param target the false match rate to be kept by sites that have no target of their own
     */
    public record Policy(Thresholds thresholds, double target) {

        /** Whether the thresholds are chosen automatically. */
        public boolean isAutomatic() {
            return thresholds instanceof AutomaticThresholds;
        }
    }

    /**
     * The sources of time.
     *
     * @param elapsed nanoseconds elapsed since any fixed moment, such as {@link System#nanoTime}
     */
    public record Time(Clock clock, LongSupplier elapsed) {}

    /**
     * The estimate of a gallery.
     *
     * @param change the number of the last change of templates that it knows of
     */
    private record Estimated(long change, SiteEstimate estimate, Instant at) {}

    /**
     * Reads automatic thresholds, so that those chosen before are in use.
     *
     * @throws StoreUnavailableException if the store can't be reached
     */
    public void readThresholds() {
        if (policy.isAutomatic()) {
            take(store.sites());
        }
    }

    private AccuracyStore.Sites take(AccuracyStore.Sites current) {
        if (policy.thresholds() instanceof AutomaticThresholds automatic) {
            automatic.set(current);
        }
        return current;
    }

    /** What is known of a site; empty if nothing is yet, or there is no such active site. */
    public Optional<SiteAccuracy> find(String site) {
        return Optional.ofNullable(sites.get(site));
    }

    @Override
    public Optional<ImpostorTail> of(String site) {
        return find(site)
                .filter(accuracy -> !accuracy.hasTooFewData())
                .map(accuracy -> accuracy.estimate().rates().tail());
    }

    /** What is known of all sites. */
    public Collection<SiteAccuracy> all() {
        return List.copyOf(sites.values());
    }

    /** Whether there is an active site of this id, by the store. */
    public boolean exists(String site) {
        return store.sites().sites().stream().anyMatch(row -> row.site().equals(site));
    }

    /** Whether thresholds are chosen automatically. */
    public boolean isAutomatic() {
        return policy.isAutomatic();
    }

    /**
     * Estimates again what has changed, at most so often that it takes a twentieth of the time, and moves thresholds.
     *
     * @throws StoreUnavailableException if the store can't be reached; what is known so far stays
     */
    public void update(Pace pace) throws InterruptedException {
        AccuracyStore.Sites current = take(store.sites());
        sites.keySet().retainAll(current.sites().stream().map(SiteRow::site).toList());
        galleries
                .keySet()
                .retainAll(
                        current.sites().stream().map(AccuracyMonitor::galleryOf).toList());
        long begun = time.elapsed().getAsLong();
        boolean mayEstimateAgain = begun - nextEstimate >= 0;
        boolean estimated = false;
        for (SiteRow site : current.sites()) {
            estimated |= estimate(site, current.change(), mayEstimateAgain, pace);
            report(site);
        }
        if (estimated) {
            long ended = time.elapsed().getAsLong();
            nextEstimate = ended + (ended - begun) * PAUSE_RATIO;
        }
    }

    /** Sites without people of their own have the same gallery; its name can't be that of a site. */
    private static String galleryOf(SiteRow site) {
        return site.ownPeople() ? site.site() : "";
    }

    private boolean estimate(SiteRow site, long change, boolean again, Pace pace) throws InterruptedException {
        Estimated known = galleries.get(galleryOf(site));
        if (known != null && (known.change() == change || !again)) {
            return false;
        }
        GallerySample sample = sample(site.ownPeople() ? site.site() : null);
        galleries.put(
                galleryOf(site),
                new Estimated(
                        change,
                        SiteEstimate.of(sample, builtIn, pace),
                        time.clock().instant()));
        return true;
    }

    private GallerySample sample(@Nullable String site) {
        GallerySample sample = new GallerySample();
        Long after = null;
        List<EnrolledTemplates> page;
        boolean room = true;
        do {
            page = store.people(recognizer.modelId(), site, after, PEOPLE_AT_ONCE);
            for (EnrolledTemplates person : page) {
                after = person.place();
                room = room && sample.add(person.userId(), person.templates(), person.lookAlikes());
            }
        } while (room && page.size() == PEOPLE_AT_ONCE);
        return sample;
    }

    private void report(SiteRow site) {
        Estimated gallery = galleries.get(galleryOf(site));
        if (gallery == null || !isDue(site, gallery)) {
            return;
        }
        SiteAccuracy accuracy = accuracy(site, gallery);
        sites.put(site.site(), accuracy);
        marksRead.put(site.site(), time.clock().instant());
        ThresholdRule.Decision decision = ThresholdRule.next(accuracy);
        log.report(accuracy, policy.isAutomatic() ? decision.reason() : null);
        if (policy.isAutomatic() && decision.threshold() != accuracy.inUse().confidence()) {
            move(site, accuracy, decision);
        }
    }

    private boolean isDue(SiteRow site, Estimated gallery) {
        SiteAccuracy known = sites.get(site.site());
        Instant read = marksRead.get(site.site());
        return known == null
                || read == null
                || !known.estimate().equals(gallery.estimate())
                || known.target() != target(site)
                || known.inUse().confidence() != policy.thresholds().confidence(site.site())
                || !time.clock().instant().isBefore(read.plus(MARKS_READ_EVERY));
    }

    private double target(SiteRow site) {
        Double own = site.target();
        return own == null ? policy.target() : own;
    }

    private SiteAccuracy accuracy(SiteRow site, Estimated gallery) {
        return SiteReport.of(
                new SiteReport.Question(
                        site.site(), target(site), policy.thresholds().confidence(site.site())),
                gallery.estimate(),
                gallery.at(),
                recognizer.calibration(),
                thresholds ->
                        store.marks(site.site(), time.clock().instant().minus(MARKS_SINCE), MOST_MARKS, thresholds));
    }

    private void move(SiteRow site, SiteAccuracy accuracy, ThresholdRule.Decision decision) {
        boolean moved = store.moveThreshold(new AccuracyStore.Move(
                site.site(),
                site.threshold(),
                decision.threshold(),
                ThresholdRule.PAUSE,
                time.clock().instant(),
                Caller.SERVICE,
                SiteReport.reason(accuracy, decision)));
        if (moved) {
            log.moved(accuracy, decision);
            take(store.sites());
        }
    }
}
