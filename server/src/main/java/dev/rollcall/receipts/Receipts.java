package dev.rollcall.receipts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rollcall.attendance.AttendanceStore.MarkOfPerson;
import dev.rollcall.attendance.AttendanceStore.Standing;
import dev.rollcall.attendance.CorrectMarks;
import dev.rollcall.attendance.CorrectionRefusals;
import dev.rollcall.attendance.ShownMark;
import dev.rollcall.keys.By;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Attempt;
import dev.rollcall.people.UserId;
import dev.rollcall.receipts.ReceiptStore.Signing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** The use cases of receipts: issuing one, listing and replacing the keys. Safe for use by several threads. */
public final class Receipts {

    private static final Logger LOG = Logger.getLogger(Receipts.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{16}");

    private final CorrectMarks marks;
    private final ReceiptStore store;
    private final Clock clock;

    public Receipts(CorrectMarks marks, ReceiptStore store, Clock clock) {
        this.marks = marks;
        this.store = store;
        this.clock = clock;
    }

    /** Whose marks a caller may have receipts of. */
    public sealed interface Reader {

        /** Everybody's. */
        record OfAll() implements Reader {}

        /** A person's own. */
        record OfPerson(UserId userId) implements Reader {}

        /** Those that a device has made. */
        record OfDevice(String keyId) implements Reader {}

        private boolean mayRead(MarkOfPerson mark) {
            if (this instanceof OfPerson person) {
                return person.userId().equals(mark.userId());
            }
            return !(this instanceof OfDevice device)
                    || device.keyId().equals(mark.origin().keyId());
        }
    }

    /**
     * A receipt of a mark as it is now, unless there is no such mark that the reader may read, or the key that signs can't be opened.
     * The first receipt writes the first key.
     */
    public Attempt<String> issue(long mark, Reader reader, Caller caller) {
        Optional<ShownMark> shown = marks.read(mark).filter(one -> reader.mayRead(one.mark()));
        if (shown.isEmpty()) {
            return new Attempt.Refused<>(CorrectionRefusals.noSuchMark());
        }
        Instant now = clock.instant();
        Signing signing = store.signing()
                .orElseGet(
                        () -> new Signing.Ready(store.offer(ReceiptKey.Pair.random(now), false, new By(now, caller))));
        if (signing instanceof Signing.Locked locked) {
            LOG.warnf("no receipt was signed: %s", locked.reason());
            return new Attempt.Refused<>(ReceiptRefusals.keyLocked());
        }
        ReceiptKey.Pair pair = ((Signing.Ready) signing).pair();
        return new Attempt.Done<>(new Receipt(payload(shown.get(), now)).signed(pair));
    }

    private static JsonNode payload(ShownMark shown, Instant now) {
        MarkOfPerson mark = shown.mark();
        Standing standing = mark.standing();
        ObjectNode payload = JSON.createObjectNode()
                .put("iat", now.getEpochSecond())
                .put("sub", mark.userId().value());
        payload.putObject("mark")
                .put("id", mark.mark().id())
                .put("marked_at", mark.mark().markedAt().toString())
                .put("work_date", mark.mark().workDate().toString())
                .put("time_zone", shown.zone().getId())
                .put("number", mark.mark().number())
                .put("direction", standing.direction().name().toLowerCase(Locale.ROOT))
                .put("site", mark.origin().site())
                .put("source", mark.origin().source().name().toLowerCase(Locale.ROOT))
                .put("state", standing.state().name().toLowerCase(Locale.ROOT))
                .put("corrects", standing.corrects())
                .put("corrected_by", standing.correctedBy());
        return payload;
    }

    /** All public keys, the latest first. */
    public List<ReceiptKey> keys() {
        return store.keys();
    }

    /** Replaces the key that signs; receipts of the one before can still be verified. */
    public ReceiptKey replaceKey(Caller caller) {
        Instant now = clock.instant();
        return store.offer(ReceiptKey.Pair.random(now), true, new By(now, caller))
                .key();
    }

    /** Removes a key that another one has replaced, so that its receipts prove nothing; false if there is no such key. */
    public boolean removeKey(String id, Caller caller) {
        return KEY_ID.matcher(id).matches() && store.remove(id, new By(clock.instant(), caller));
    }
}
