package dev.rollcall.recognition.bulk;

import dev.rollcall.digest.Sha256;
import dev.rollcall.people.EnrollmentStore.Identity;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Optional;
import java.util.regex.Pattern;

/** People who are known by the name of a folder or file alone. */
final class NamedPeople {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHERS = Pattern.compile("[^A-Za-z0-9._@:-]+");
    private static final int DIGITS = 16;

    private NamedPeople() {}

    /**
     * The person whom a name stands for: the user id is the name if it has the form of one; the name is shown with spaces for
     * underscores. Empty if it can be no person's name.
     */
    static Optional<Identity> of(String name) {
        return PersonName.parse(name.replace('_', ' ')).map(shown -> new Identity(userId(name), shown, null));
    }

    /**
     * The user id for a name: itself, otherwise its letters without accents if that leaves all letters, otherwise a number made of
     * the name, which is the same each time.
     */
    static UserId userId(String name) {
        String composed = Normalizer.normalize(name.strip(), Normalizer.Form.NFC);
        String plain = MARKS.matcher(Normalizer.normalize(composed, Normalizer.Form.NFKD))
                .replaceAll("");
        boolean isLatin = plain.codePoints().allMatch(point -> point < 0x80);
        String id = OTHERS.matcher(plain).replaceAll("_");
        return Optional.of(id)
                .filter(fits -> isLatin)
                .flatMap(UserId::parse)
                .orElseGet(() -> new UserId("p-"
                        + Sha256.hex(composed.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS)));
    }
}
