package dev.rollcall.audit;

import org.jboss.logging.Logger;

/**
 * The daily job of retention: removes expired rows, logs their number, and logs the last entry of the audit log, so that
 * its hash is also noted outside of the database.
 */
public final class RetentionReport implements Runnable {

    private static final Logger LOG = Logger.getLogger(RetentionReport.class);

    private final Retention retention;
    private final AuditChains audit;

    public RetentionReport(Retention retention, AuditChains audit) {
        this.retention = retention;
        this.audit = audit;
    }

    @Override
    public void run() {
        Retention.Removed removed = retention.apply();
        if (removed.marks() > 0 || removed.auditEntries() > 0) {
            LOG.infof("retention removed %d marks, %d audit entries", removed.marks(), removed.auditEntries());
        }
        for (AuditChains.Chain chain : audit.chains()) {
            if (chain.own()) {
                LOG.infof(
                        "the last entry of the audit log is %d:%s",
                        chain.head().number(), chain.head().hash());
            }
        }
    }
}
