package dev.rollcall.http.problem;

import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The sentences of one language by their keys: a code ({@code TOO_SOON}), a code and the value of a refusal's fact {@code reason}
 * ({@code LOW_QUALITY.TOO_DARK}), or a code and the name of a fact ({@code TOO_SOON.next_allowed_at}), which the sentence has in
 * braces. Immutable.
 *
 * @param byKey the sentences; not changed by anyone
 */
record Sentences(Locale language, Map<String, String> byKey) {

    private static final String REASON = "reason";
    private static final String SEPARATOR = ".";

    Sentences {
        byKey = Map.copyOf(byKey);
    }

    static Sentences of(Locale language, Properties lines) {
        Map<String, String> byKey = new TreeMap<>();
        lines.stringPropertyNames().forEach(key -> byKey.put(key, lines.getProperty(key)));
        return new Sentences(language, byKey);
    }

    /** The placeholder of a fact. */
    static String placeholder(String fact) {
        return "{" + fact + "}";
    }

    /**
     * The sentence about a refusal: the one of its reason, or else one of a fact that it has, the first in the order of the
     * alphabet, or else the one of its code.
     *
     * @throws IllegalStateException if there is none, which a test excludes
     */
    String about(Refusal refusal) {
        return ofReason(refusal)
                .or(() -> ofFact(refusal))
                .or(() -> Optional.ofNullable(byKey.get(refusal.code().name())))
                .orElseThrow(() -> new IllegalStateException("no message in " + language + " for " + refusal.code()));
    }

    private Optional<String> ofReason(Refusal refusal) {
        Object reason = refusal.facts().get(REASON);
        return reason == null ? Optional.empty() : Optional.ofNullable(byKey.get(key(refusal.code(), reason)));
    }

    private Optional<String> ofFact(Refusal refusal) {
        for (String fact : new TreeSet<>(refusal.facts().keySet())) {
            String sentence = byKey.get(key(refusal.code(), fact));
            if (sentence != null) {
                Optional<String> value = FactTexts.text(fact, refusal.facts(), language);
                if (value.isPresent()) {
                    return value.map(text -> sentence.replace(placeholder(fact), text));
                }
            }
        }
        return Optional.empty();
    }

    private static String key(Code code, Object suffix) {
        return code.name() + SEPARATOR + suffix;
    }

    /** The keys of a code's sentences. */
    List<String> keys(Code code) {
        return byKey.keySet().stream()
                .filter(key -> key.equals(code.name()) || key.startsWith(code.name() + SEPARATOR))
                .sorted()
                .toList();
    }
}
