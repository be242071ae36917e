package dev.rollcall.recognition.bulk;

import dev.rollcall.audit.AuditStore;
import java.util.List;

/** The audit log of a trial run: another log, to which nothing is appended. */
public final class TrialAudit implements AuditStore {

    private final AuditStore stored;

    public TrialAudit(AuditStore stored) {
        this.stored = stored;
    }

    @Override
    public void append(Event event) {}

    @Override
    public List<Entry> list(Query query) {
        return stored.list(query);
    }

    @Override
    public long count(Filter filter) {
        return stored.count(filter);
    }

    @Override
    public List<Chain> chains() {
        return stored.chains();
    }

    @Override
    public List<Link> links(String chain, long after) {
        return stored.links(chain, after);
    }

    @Override
    public List<Stray> strays() {
        return stored.strays();
    }

    @Override
    public List<Guard> guards() {
        return stored.guards();
    }
}
