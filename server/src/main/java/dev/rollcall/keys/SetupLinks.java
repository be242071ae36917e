package dev.rollcall.keys;

import dev.rollcall.keys.SessionStore.KeyOfSession;
import dev.rollcall.keys.Sessions.StartedSession;
import dev.rollcall.keys.SetupStore.Making;
import dev.rollcall.keys.SetupStore.NewLink;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The links that open the set-up of a new service: each works once, for half an hour, and gives its user a session of an admin key.
 * One is valid at a time. Safe for use by several threads.
 */
public final class SetupLinks {

    /** How long a link is valid. */
    public static final Duration LIFETIME = Duration.ofMinutes(30);

    /** The step behind the last one: the set-up is done. */
    public static final int DONE = 5;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Optional<String> configured;
    private final SetupStore store;
    private final Sessions sessions;
    private final Clock clock;

    /**
     * Creates the links.
     *
     * @param configured the key from the configuration, which is not in the database
     */
    public SetupLinks(Optional<String> configured, SetupStore store, Sessions sessions, Clock clock) {
        this.configured = configured;
        this.store = store;
        this.sessions = sessions;
        this.clock = clock;
    }

    /** The token of the first link; empty if there was one before, or there is no key to sign in with. */
    public Optional<String> createFirst() {
        return create(true, Caller.SERVICE);
    }

    /** The token of a further link, instead of the one before; empty if there is no valid key of scope admin. */
    public Optional<String> create(Caller caller) {
        return create(false, caller);
    }

    private Optional<String> create(boolean onlyFirst, Caller caller) {
        String token = RandomText.create();
        Instant now = clock.instant();
        NewLink link = new NewLink(KeyHash.of(token), configured.isPresent(), onlyFirst, now, now.plus(LIFETIME));
        return store.makeLink(link, caller) == Making.MADE ? Optional.of(token) : Optional.empty();
    }

    /** Uses a link up for a session; empty if its token is wrong, expired or used, or its key is no longer valid. */
    public Optional<StartedSession> open(String token, Caller visitor) {
        return TOKEN.matcher(token).matches()
                ? store.useLink(KeyHash.of(token), clock.instant())
                        .flatMap(this::holder)
                        .flatMap(holder -> sessions.start(
                                holder,
                                new Caller(holder.keyId(), visitor.requestId(), visitor.address(), holder.site())))
                : Optional.empty();
    }

    private Optional<ApiKeys.Holder> holder(SetupStore.Opened opened) {
        KeyOfSession key = opened.key();
        return key == null
                ? configured.map(text -> ApiKeys.Holder.configured(KeyHash.of(text)))
                : Optional.of(key.holder());
    }

    /** The step that the set-up is at, 1 to {@link #DONE}. */
    public int step() {
        return store.step();
    }

    /** Notes the step that the set-up is at; returns it. */
    public int step(int step) {
        return store.step(step, clock.instant());
    }
}
