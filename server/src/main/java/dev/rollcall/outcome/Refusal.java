package dev.rollcall.outcome;

import java.util.Map;

/**
 * A request that was understood and refused.
 *
 * @param code the reason, for programs
 * @param detail the reason in a sentence, for people
 * @param facts measured values and limits by snake_case name
 */
public record Refusal(Code code, String detail, Map<String, Object> facts) {

    public Refusal {
        facts = Map.copyOf(facts);
    }

    public Refusal(Code code, String detail) {
        this(code, detail, Map.of());
    }
}
