package dev.rollcall.audit;

import org.jboss.logging.Logger;

/**
 * The daily job of retention: removes expired rows, logs how many, and logs how far the audit log has come, so that its
 * newest hash is also noted outside of the database.
 */
public final class RetentionReport implements Runnable {

    private static final Logger LOG = Logger.getLogger(RetentionReport.class);

    private final Retention retention;
    private final AuditStore audit;

    public RetentionReport(Retention retention, AuditStore audit) {
        this.retention = retention;
        this.audit = audit;
    }

    @Override
    public void run() {
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
}
