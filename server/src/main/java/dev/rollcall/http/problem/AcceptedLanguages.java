package dev.rollcall.http.problem;

import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import org.jspecify.annotations.Nullable;

/**
 * The choice of a language by the header Accept-Language (RFC 9110, 12.5.4), with the lookup of RFC 4647, 3.4: {@code es-MX} is
 * served by {@code es}.
 */
final class AcceptedLanguages {

    /** Browsers send fewer characters than a tenth of this. A longer header is ignored, since reading it takes time. */
    static final int LONGEST = 1_000;

    private static final String EVERY_LANGUAGE = "*";

    private AcceptedLanguages() {}

    /**
     * The best of some languages.
     *
     * @param header the header's values, joined by commas; if it can't be read, every language is as good
     * @param languages not empty; the first one is the best if the header asks for none of them
     */
    static Locale best(String header, List<Locale> languages) {
        if (header.isBlank() || header.length() > LONGEST) {
            return languages.get(0);
        }
        try {
            return best(LanguageRange.parse(header.replace('_', '-').replace('\t', ' ')), languages);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) { // the latter by a range of hyphens alone
            return languages.get(0);
        }
    }

    /** The best by ranges that are sorted by their weights. */
    private static Locale best(List<LanguageRange> ranges, List<Locale> languages) {
        List<Locale> wanted = languages.stream()
                .filter(language -> ranges.stream().noneMatch(range -> excludes(range, language)))
                .toList();
        for (LanguageRange range : ranges) {
            Locale found = range.getWeight() > 0 ? found(range, ranges, wanted) : null;
            if (found != null) {
                return found;
            }
        }
        return languages.get(0);
    }

    private static @Nullable Locale found(LanguageRange range, List<LanguageRange> ranges, List<Locale> wanted) {
        return range.getRange().equals(EVERY_LANGUAGE)
                ? wanted.stream()
                        .filter(language -> ranges.stream().noneMatch(other -> includes(other, language)))
                        .findFirst()
                        .orElse(null)
                : Locale.lookup(List.of(range), wanted);
    }

    private static boolean excludes(LanguageRange range, Locale language) {
        return range.getWeight() == 0 && includes(range, language);
    }

    /** Whether a range names a language, or a larger one that it belongs to. */
    private static boolean includes(LanguageRange range, Locale language) {
        String tag = language.toLanguageTag().toLowerCase(Locale.ROOT);
        return tag.equals(range.getRange()) || tag.startsWith(range.getRange() + "-");
    }
}
