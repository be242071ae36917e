package dev.rollcall.recognition.bulk;

import dev.rollcall.audit.AuditLog;

/** The audit log of a trial run, to which nothing is appended. */
public final class TrialAudit implements AuditLog {

    @Override
    public void append(Event event) {}
}
