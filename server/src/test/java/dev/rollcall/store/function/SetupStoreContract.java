package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.ApiKeyStore;
import dev.rollcall.keys.ApiKeyStore.NewKey;
import dev.rollcall.keys.Scope;
import dev.rollcall.keys.SetupStore;
import dev.rollcall.keys.SetupStore.Making;
import dev.rollcall.keys.SetupStore.NewLink;
import dev.rollcall.keys.SetupStore.Opened;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every store of the set-up must do. */
interface SetupStoreContract {

    Instant END = MORNING.plusSeconds(1800);

    SetupStore setup();

    ApiKeyStore keys();

    AuditStore audit();

    @Test
    default void linkOfTheConfiguredKey_worksOnceAndUntilItExpires() {
        String late = made(true);
        assertThat(setup().useLink(late, END)).isEmpty();
        String link = made(true);
        assertThat(setup().useLink(hash(), MORNING)).isEmpty();
        assertThat(setup().useLink(link, END.minusMillis(1))).contains(new Opened(null));
        assertThat(setup().useLink(link, MORNING)).isEmpty();
    }

    @Test
    default void newLink_isInsteadOfTheOneBefore() {
        String before = made(true);
        String link = made(true);

        assertThat(setup().useLink(before, MORNING)).isEmpty();
        assertThat(setup().useLink(link, MORNING)).isPresent();
    }

    @Test
    default void linkOfAStoredKey_opensASessionOfTheOldestAdminKeyAsLongAsThatIsValid() {
        String admin = key(Scope.ADMIN, MORNING.minusSeconds(90_000_000));
        key(Scope.READ, MORNING.minusSeconds(91_000_000));
        key(Scope.ADMIN, MORNING);
        String link = made(false);

        Opened opened = setup().useLink(link, MORNING).orElseThrow();
        assertThat(Objects.requireNonNull(opened.key()).hash()).isEqualTo(admin);
        assertThat(opened.key().key().scopes()).containsExactly(Scope.ADMIN);

        String other = made(false);
        keys().revoke(admin.substring(0, 12), MORNING, CALLER);
        assertThat(setup().useLink(other, MORNING)).isEmpty();
    }

    @Test
    default void firstLink_isStoredOnlyIfThereWasNone() {
        made(true);

        assertThat(setup().makeLink(new NewLink(hash(), true, true, MORNING, END), CALLER))
                .isEqualTo(Making.NOT_FIRST);
    }

    @Test
    default void step_staysWhereItWasWhateverLinksAreMade() {
        assertThat(setup().step(3, MORNING)).isEqualTo(3);
        made(true);
        assertThat(setup().step()).isEqualTo(3);
        assertThat(setup().step(5, MORNING)).isEqualTo(5);
        assertThat(setup().step()).isEqualTo(5);
    }

    private String made(boolean configured) {
        String hash = hash();
        assertThat(setup().makeLink(new NewLink(hash, configured, false, MORNING, END), CALLER))
                .isEqualTo(Making.MADE);
        return hash;
    }

    private String key(Scope scope, Instant at) {
        String hash = hash();
        keys().add(new NewKey(hash, "office", Set.of(scope), "default", at, null), CALLER);
        return hash;
    }
}
