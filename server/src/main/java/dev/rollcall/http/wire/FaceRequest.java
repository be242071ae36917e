package dev.rollcall.http.wire;

import dev.rollcall.attendance.Direction;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.badges.Badge;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.keys.KeyRefusals;
import dev.rollcall.people.PersonName;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.ChallengeToken;
import dev.rollcall.recognition.RecognizePerson;
import dev.rollcall.sites.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request with pictures, in JSON or as a form. The methods throw {@link RefusedException} when a field is
 * missing or invalid.
 */
public final class FaceRequest {

    /** The text fields. */
    static final Set<String> TEXTS = Set.of(
            "user_id", "badge", "name", "replace", "consent_at", "mark", "direction", "captured_at", "challenge_token");

    /** Most pictures of one request. */
    public static final int MAX_IMAGES = RecognizePerson.MAX_IMAGES;

    private final Map<String, String> texts;
    private final List<byte[]> images;

    /**
     * Creates a request.
     *
     * @param texts the text fields by name
     * @param images the pictures' bytes; none when there was no picture
     */
    FaceRequest(Map<String, String> texts, List<byte[]> images) {
        this.texts = Map.copyOf(texts);
        this.images = List.copyOf(images);
    }

    /** This request; refused if it has a field that is another call's. */
    FaceRequest of(FaceFields fields) {
        Set<String> names = fields.names();
        texts.keySet().stream()
                .filter(name -> !names.contains(name))
                .min(Comparator.naturalOrder())
                .ifPresent(name -> {
                    throw Fields.unknown(name);
                });
        return this;
    }

    /** Size of all pictures in bytes. */
    int pictureBytes() {
        return images.stream().mapToInt(image -> image.length).sum();
    }

    /** The person that the request is about. */
    public UserId userId() {
        return UserId.stored(required("user_id"))
                .orElseThrow(() -> RefusedException.invalid("user_id", "user_id must be " + UserId.RULE));
    }

    /**
     * The person that the request is about, who must be the one of the caller's key.
     *
     * @param badge says who it is in place of the user id; empty for a request without one
     * @param own the only person that the key may be used for; null for a key that may be used for everybody
     */
    public UserId userId(Optional<Badge> badge, @Nullable UserId own) {
        UserId userId = badge.map(Badge::userId).orElseGet(this::userId);
        if (own != null && !own.equals(userId)) {
            throw new RefusedException(KeyRefusals.othersMark());
        }
        return userId;
    }

    /** The text of a badge that says who the person is; null if the user id does. Exactly one of the two must be given. */
    public @Nullable String badge() {
        String badge = texts.get("badge");
        if (badge != null && texts.containsKey("user_id")) {
            throw RefusedException.invalid("badge", "give user_id or badge, not both");
        }
        return badge;
    }

    /** The person to enroll: an id of one or two dots is refused. */
    public UserId userIdToEnroll() {
        UserId userId = userId();
        if (userId.isDotSegment()) {
            throw RefusedException.invalid("user_id", "user_id must be more than one or two dots");
        }
        return userId;
    }

    public PersonName name() {
        return new PersonName(Fields.name("name", texts.get("name")));
    }

    /** When the person gave consent to enrollment, or null if the field is absent. */
    @Nullable
    public Instant consentAt() {
        String text = texts.get("consent_at");
        return text == null ? null : Fields.instant("consent_at", text);
    }

    /** The pictures, 1 to {@value #MAX_IMAGES}. */
    public List<byte[]> pictures() {
        if (images.isEmpty()) {
            throw RefusedException.invalid("image", "image is missing");
        }
        return images;
    }

    /** What the request says about the mark. */
    public MarkDetails markDetails() {
        String capturedAt = texts.get("captured_at");
        return new MarkDetails(
                direction(), capturedAt == null ? null : Fields.instant("captured_at", capturedAt), position());
    }

    /** The token of a passed challenge, of a caller with such a key; null if the field is absent. */
    public @Nullable ChallengeToken challengeToken(String keyHash) {
        String token = texts.get("challenge_token");
        return token == null ? null : new ChallengeToken(token, keyHash);
    }

    private @Nullable Position position() {
        return PositionFields.NUMBERS.stream().noneMatch(texts::containsKey) ? null : PositionFields.position(texts);
    }

    /** The direction of the mark, or null if the field is absent. */
    private @Nullable Direction direction() {
        String text = texts.get("direction");
        if (text == null) {
            return null;
        }
        return Arrays.stream(Direction.values())
                .filter(direction -> direction.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> RefusedException.invalid("direction", "direction must be in or out"));
    }

    public boolean flag(String field) {
        String text = texts.getOrDefault(field, "false");
        if (!text.equals("true") && !text.equals("false")) {
            throw RefusedException.invalid(field, field + " must be true or false");
        }
        return text.equals("true");
    }

    private String required(String field) {
        String text = texts.get(field);
        if (text == null) {
            throw RefusedException.invalid(field, field + " is missing");
        }
        return text;
    }
}
