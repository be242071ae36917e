package dev.rollcall.outcome;

import java.util.Map;

/**
 * A request that was understood and refused.
 *
 * @param code the reason, for programs
 * @param detail the reason in a sentence, for people
 * @param facts measured values and limits by snake_case name
 * @param auditFacts further values for the audit log alone: they are in no response, and not kept with kept answers
 */
public record Refusal(Code code, String detail, Map<String, Object> facts, Map<String, Object> auditFacts) {

    public Refusal {
        facts = Map.copyOf(facts);
        auditFacts = Map.copyOf(auditFacts);
    }

    public Refusal(Code code, String detail, Map<String, Object> facts) {
        this(code, detail, facts, Map.of());
    }

    public Refusal(Code code, String detail) {
        this(code, detail, Map.of());
    }

    /** The same refusal with these values for the audit log. */
    public Refusal withAuditFacts(Map<String, Object> values) {
        return new Refusal(code, detail, facts, values);
    }
}
