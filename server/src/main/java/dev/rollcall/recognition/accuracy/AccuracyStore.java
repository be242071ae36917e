package dev.rollcall.recognition.accuracy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the estimate of accuracy reads and writes. Every method may throw {@link StoreUnavailableException}. */
public interface AccuracyStore {

    /** The active sites, and the number of the last change of templates. */
    Sites sites();

    /**
     * Active people of a site, those bound to none included, who have templates: in an order that is as good as random, and
     * always the same.
     *
     * @param site null for people who are bound to no site alone
     * @param after only people behind this place; null for all
     * @param limit most people, at least 1
     */
    List<EnrolledTemplates> people(String modelId, @Nullable String site, @Nullable Long after, int limit);

    /**
     * The similarities of the latest marks of a site's active people, without voided ones and ones entered manually.
     *
     * @param most most marks
     * @param thresholds similarities
     */
    OwnMarks marks(String site, Instant since, int most, List<Double> thresholds);

    /**
     * Changes a site's threshold and notes that in the audit log, if it still is what the caller thinks and was not changed
     * for some time, by the database's clock.
     *
     * @return whether it was changed
     */
    boolean moveThreshold(Move move);

    /**
     * The active sites.
     *
     * @param change changes whenever templates, or a person's activity or site, have changed
     */
    record Sites(long change, List<SiteRow> sites) {

        public Sites {
            sites = List.copyOf(sites);
        }
    }

    /**
     * A site.
     *
     * @param ownPeople whether active people are bound to it
     * @param target its own target for the false match rate, or null for that of the settings
     * @param threshold the confidence that was chosen automatically, or null if none was
     */
    record SiteRow(
            String site,
            boolean ownPeople,
            @Nullable Double target,
            @Nullable Double threshold) {}

    /**
     * A person's templates.
     *
     * @param place in the order
     * @param lookAlikes user ids of people who are declared to look like this one
     */
    record EnrolledTemplates(long place, String userId, List<Embedding> templates, Set<String> lookAlikes) {

        public EnrolledTemplates {
            templates = List.copyOf(templates);
            lookAlikes = Set.copyOf(lookAlikes);
        }
    }

    /**
     * A change of a threshold.
     *
     * @param from the threshold as in {@link SiteRow#threshold}
     * @param to confidence
     * @param unchangedFor how long it must not have been changed
     * @param reason the numbers that it rests on, for the audit log
     */
    record Move(
            String site,
            @Nullable Double from,
            double to,
            Duration unchangedFor,
            Instant at,
            Caller caller,
            Map<String, Object> reason) {

        public Move {
            reason = Map.copyOf(reason);
        }
    }
}
