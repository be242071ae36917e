package dev.rollcall.recognition.challenge;

import dev.rollcall.engine.Embedding;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Challenges without a database. Safe for use by several threads. */
public final class ChallengesInMemory implements ChallengeStore {

    private final Map<String, Row> rows = new HashMap<>();
    private int asked;

    /** A challenge as it is stored. */
    private static final class Row {

        private final Device device;
        private @Nullable Progress progress;
        private Instant expiresAt;
        private int version;
        private int frames;
        private @Nullable String tokenHash;
        private @Nullable Embedding face;
        private @Nullable String usedBy;

        Row(NewChallenge challenge) {
            device = challenge.device();
            progress = challenge.progress();
            expiresAt = challenge.expiresAt();
        }

        /** Sets the progress, null when the challenge is over; returns whether it was open, and the version still this one. */
        boolean change(int seen, @Nullable Progress next) {
            if (progress == null || version != seen) {
                return false;
            }
            progress = next;
            version++;
            return true;
        }
    }

    /** How often the store was asked for a challenge or a token. */
    synchronized int asked() {
        return asked;
    }

    @Override
    public synchronized Opening open(NewChallenge challenge, Limits limits) {
        sweep(challenge.at());
        List<Row> counted =
                rows.values().stream().filter(row -> row.usedBy == null).toList();
        List<Row> ofKey = counted.stream()
                .filter(row -> row.device.keyHash().equals(challenge.device().keyHash()))
                .toList();
        if (counted.size() >= limits.overall()) {
            return tooMany(counted);
        }
        if (ofKey.size() >= limits.perKey()) {
            return tooMany(ofKey);
        }
        rows.put(challenge.id(), new Row(challenge));
        return new Opening.Opened();
    }

    private static Opening tooMany(List<Row> among) {
        return new Opening.TooMany(among.stream()
                .map(row -> row.expiresAt)
                .min(Comparator.naturalOrder())
                .orElseThrow());
    }

    @Override
    public synchronized Optional<Open> count(String id, Device device, Instant now) {
        asked++;
        Row row = rows.get(id);
        if (row == null || row.progress == null || !isOf(row, device, now)) {
            return Optional.empty();
        }
        row.frames++;
        return Optional.of(new Open(id, row.progress, row.expiresAt, row.version, row.frames));
    }

    private static boolean isOf(Row row, Device device, Instant now) {
        return row.device.equals(device) && row.expiresAt.isAfter(now);
    }

    @Override
    public synchronized boolean advance(Open seen, Progress progress) {
        Row row = rows.get(seen.id());
        return row != null && row.change(seen.version(), progress);
    }

    @Override
    public synchronized boolean fail(Open seen) {
        Row row = rows.get(seen.id());
        return row != null && row.change(row.version, null);
    }

    @Override
    public synchronized boolean pass(Open seen, Embedding face, String tokenHash, Instant until) {
        Row row = rows.get(seen.id());
        if (row == null || !row.change(seen.version(), null)) {
            return false;
        }
        row.face = face;
        row.tokenHash = tokenHash;
        row.expiresAt = until;
        return true;
    }

    @Override
    public synchronized Optional<Embedding> use(
            String tokenHash, Device device, @Nullable String attempt, Instant now) {
        asked++;
        Optional<Row> found = rows.values().stream()
                .filter(row -> tokenHash.equals(row.tokenHash) && isOf(row, device, now))
                .filter(row -> row.usedBy == null || row.usedBy.equals(attempt))
                .findAny();
        found.ifPresent(row -> row.usedBy = attempt == null ? "" : attempt);
        return found.flatMap(row -> Optional.ofNullable(row.face));
    }

    @Override
    public synchronized void sweep(Instant now) {
        rows.values().removeIf(row -> !row.expiresAt.isAfter(now));
    }
}
