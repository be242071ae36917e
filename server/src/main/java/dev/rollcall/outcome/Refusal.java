package dev.rollcall.outcome;

import java.util.Map;

/**
 * A request that was understood and refused.
 *
 * @param code the reason, for programs
 * @param detail the reason in a sentence, for people
 * @param facts measured values and limits by snake_case name
 * @param auditFacts further facts by snake_case name that only the audit log gets: never in a response, and not kept with an answer
 *     for repeated requests
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

    /** The same refusal with these facts for the audit log. */
    public Refusal withAuditFacts(Map<String, Object> forAudit) {
        return new Refusal(code, detail, facts, forAudit);
    }
}
