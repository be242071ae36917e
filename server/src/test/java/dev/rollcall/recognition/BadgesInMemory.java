package dev.rollcall.recognition;

import dev.rollcall.badges.BadgeSigner;
import dev.rollcall.badges.BadgeStore;
import dev.rollcall.keys.Caller;
import dev.rollcall.people.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Badges in memory, of people who are all of one site. Safe for use by several threads. */
final class BadgesInMemory implements BadgeStore {

    private final byte[] key = new byte[32];
    private final Map<UserId, Integer> issues = new ConcurrentHashMap<>();

    @Override
    public List<Issued> issue(List<UserId> people, boolean renew, Instant at, Caller caller) {
        List<Issued> issued = new ArrayList<>();
        for (UserId person : people) {
            issues.merge(person, 1, (before, one) -> renew ? before + one : before);
            issued.add(new Issued(
                    new Holder(person, "Name", null, "default", "default"),
                    at,
                    find(person).orElseThrow()));
        }
        return issued;
    }

    @Override
    public Optional<BadgeSigner> find(UserId userId) {
        return Optional.ofNullable(issues.get(userId)).map(issue -> new BadgeSigner("issue" + issue, key));
    }

    @Override
    public Optional<Instant> replaceKey(String site, Instant at, Caller caller) {
        throw new UnsupportedOperationException("not called by recognition");
    }
}
