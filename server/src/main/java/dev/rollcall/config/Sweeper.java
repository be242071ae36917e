package dev.rollcall.config;

import dev.rollcall.usecase.AnswerStore;
import dev.rollcall.usecase.AuditStore;
import dev.rollcall.usecase.Retention;
import dev.rollcall.usecase.StoreUnavailableException;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Removes what has had its time from the store: kept answers at the start and every hour, marks and audit entries at the
 * start and every day. Then it tells the log how far the audit log has come, so that this is noted elsewhere, too.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final Duration PAUSE = Duration.ofHours(1);
    private static final int ROUNDS_A_DAY = 24;

    private final AnswerStore answers;
    private final Retention retention;
    private final AuditStore audit;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "sweeper");

    Sweeper(AnswerStore answers, Retention retention, AuditStore audit, Clock clock) {
        this.answers = answers;
        this.retention = retention;
        this.audit = audit;
        this.clock = clock;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            for (int round = 0; ; round++) {
                safely(() -> answers.sweep(clock.instant()));
                if (round % ROUNDS_A_DAY == 0) {
                    safely(this::daily);
                }
                Thread.sleep(PAUSE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void daily() {
        Retention.Removed removed = retention.apply();
        if (removed.marks() > 0 || removed.auditEntries() > 0) {
            LOG.infof("retention removed %d marks, %d audit entries", removed.marks(), removed.auditEntries());
        }
        for (AuditStore.Chain chain : audit.chains()) {
            if (chain.own()) {
                LOG.infof(
                        "the audit log has come to %d:%s",
                        chain.head().number(), chain.head().hash());
            }
        }
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warn("what has had its time stays for longer: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("what has had its time can't be removed", e);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
