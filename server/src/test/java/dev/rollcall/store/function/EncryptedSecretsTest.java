package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.keys.By;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.ReceiptStore;
import dev.rollcall.receipts.ReceiptStore.Signing;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.webhooks.EventKind;
import dev.rollcall.webhooks.Outbox.Taken;
import dev.rollcall.webhooks.Outbox.Turn;
import dev.rollcall.webhooks.Webhook;
import dev.rollcall.webhooks.WebhookSecret;
import dev.rollcall.webhooks.WebhookStore;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stores of webhooks and receipts with encrypted secrets: the contracts, and the change of the key. */
class EncryptedSecretsTest implements WebhookStoreContract, OutboxContract, ReceiptStoreContract {

    private static final TemplateKey KEY = key(1);
    private static final TemplateKey OTHER_KEY = key(2);
    private static final By BY = new By(MORNING, CALLER);
    private static final String ID = "0123456789ab";
    private static final WebhookSecret FIRST = new WebhookSecret(new byte[] {1, 2, 3});
    private static final WebhookSecret SECOND = new WebhookSecret(new byte[] {4, 5, 6});

    private static TestServer server;

    private Database.Address address;
    private Database database;

    @BeforeAll
    static void start() {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        address = server.newDatabase();
        database = TestServer.open(address);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Override
    public DatabaseFunctions functions() {
        return database;
    }

    @Override
    public PeopleStore people() {
        return new FunctionPeopleStore(database, TemplateSeal.none());
    }

    @Override
    public AttendanceStore attendance() {
        return new FunctionAttendanceStore(database);
    }

    @Override
    public AuditStore audit() {
        return new FunctionAuditStore(database);
    }

    @Override
    public SecretSeal secretSeal() {
        return seal(KEY, null);
    }

    private WebhookStore webhooks(@Nullable TemplateKey present, @Nullable TemplateKey old) {
        return new FunctionWebhookStore(database, seal(present, old));
    }

    private ReceiptStore receipts(@Nullable TemplateKey present, @Nullable TemplateKey old) {
        return new FunctionReceiptStore(database, seal(present, old));
    }

    private Turn turn(@Nullable TemplateKey present) {
        return new FunctionOutbox(database, seal(present, null)).take(ENDED, 1, NOON);
    }

    /** A webhook with two secrets that sign, and an event for it. */
    private void made(WebhookStore store) {
        store.create(ID, new NewWebhook("hr", "https://hr.example.com/", List.of()), FIRST, 1, BY);
        store.rotate(ID, SECOND, NOON.plusSeconds(1), BY);
        Samples.enroll(people(), Samples.newUserId(), 1);
    }

    private static void hasBothSecrets(Turn turn) {
        Taken taken = turn.taken().orElseThrow();
        assertThat(taken.secrets()).hasSize(2);
        assertThat(taken.secrets().get(0).bytes()).isEqualTo(SECOND.bytes());
        assertThat(taken.secrets().get(1).bytes()).isEqualTo(FIRST.bytes());
    }

    @Test
    void keyIsChanged_throughBothKeysAndThenTheOldOneIsNotNeeded() throws SQLException {
        made(webhooks(KEY, null));
        ReceiptKey.Pair signs = receipts(KEY, null).offer(ReceiptKey.Pair.random(MORNING), false, BY);

        assertThat(webhooks(OTHER_KEY, KEY).reseal(BY)).isEqualTo(1);
        assertThat(receipts(OTHER_KEY, KEY).reseal(BY)).isEqualTo(1);

        assertThat(webhooks(OTHER_KEY, KEY).reseal(BY)).isZero();
        assertThat(receipts(OTHER_KEY, KEY).reseal(BY)).isZero();
        hasBothSecrets(turn(OTHER_KEY));
        assertThat(Arrays.equals(
                        ((Signing.Ready) receipts(OTHER_KEY, null).signing().orElseThrow())
                                .pair()
                                .privateKey()
                                .getEncoded(),
                        signs.privateKey().getEncoded()))
                .isTrue();
        assertThat(TestServer.ask(
                        address,
                        "select string_agg(details::text, ', ' order by number) from audit_log"
                                + " where action = 'SECRETS_RESEALED'"))
                .isEqualTo("{\"webhooks\": 1}, {\"receipt_keys\": 1}");
    }

    @Test
    void secretsThatWereStoredPlain_areEncryptedUnderTheFirstKey() throws SQLException {
        made(webhooks(null, null));
        receipts(null, null).offer(ReceiptKey.Pair.random(MORNING), false, BY);

        assertThat(webhooks(KEY, null).reseal(BY)).isEqualTo(1);
        assertThat(receipts(KEY, null).reseal(BY)).isEqualTo(1);

        hasBothSecrets(turn(KEY));
        assertThat(TestServer.ask(
                        address, "select concat(secret, old_secret, private_key) from webhooks, receipt_keys"))
                .doesNotContain("plain");
    }

    @Test
    void encryptionIsGivenUp_throughTheOldKeyAlone() throws SQLException {
        assertThat(receipts(null, KEY).reseal(BY)).isZero();
        made(webhooks(KEY, null));
        receipts(KEY, null).offer(ReceiptKey.Pair.random(MORNING), false, BY);

        assertThat(webhooks(null, KEY).reseal(BY)).isEqualTo(1);
        assertThat(receipts(null, KEY).reseal(BY)).isEqualTo(1);

        hasBothSecrets(turn(null));
        assertThat(receipts(null, null).signing()).containsInstanceOf(Signing.Ready.class);
    }

    @Test
    void oldSecretThatNoLongerSigns_isRemovedWhenTheKeyIsChanged() throws SQLException {
        made(webhooks(KEY, null));

        webhooks(OTHER_KEY, KEY).reseal(new By(NOON.plusSeconds(2), CALLER));

        assertThat(turn(OTHER_KEY).taken().orElseThrow().secrets()).hasSize(1);
        assertThat(TestServer.ask(address, "select coalesce(old_secret, 'none') from webhooks"))
                .isEqualTo("none");
    }

    @Test
    void secretThatCannotBeOpened_disablesItsWebhookAndNoOther() {
        made(webhooks(KEY, null));
        String other = "ba9876543210";
        webhooks(OTHER_KEY, null)
                .create(other, new NewWebhook("pay", "https://pay.example.com/", List.of()), FIRST, 2, BY);
        Samples.enroll(people(), Samples.newUserId(), 2);

        assertThat(turn(OTHER_KEY).taken().orElseThrow().id()).isEqualTo(other);

        Webhook disabled = webhooks(OTHER_KEY, null).find(ID).orElseThrow();
        assertThat(disabled.state()).isEqualTo(Webhook.WebhookState.DEAD);
        assertThat(disabled.failures().deadReason())
                .isEqualTo("the secret of webhook " + ID + " is encrypted under the key " + KEY.id()
                        + ", which is neither TEMPLATE_KEY nor OLD_TEMPLATE_KEY");
        assertThat(disabled.waiting()).as("two enrollments and the alarm").isEqualTo(3);
    }

    @Test
    void secretWithoutItsKey_isNamedWhenItIsToBeEncryptedAnew() {
        made(webhooks(KEY, null));

        assertThatThrownBy(() -> webhooks(OTHER_KEY, null).reseal(BY))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining(ID)
                .hasMessageContaining(KEY.id());
    }

    @Test
    void keyOfReceiptsThatCannotBeOpened_signsNothingUntilItIsReplaced() {
        receipts(KEY, null).offer(ReceiptKey.Pair.random(MORNING), false, BY);
        ReceiptStore other = receipts(OTHER_KEY, null);

        assertThat(other.signing()).get().isInstanceOfSatisfying(Signing.Locked.class, locked -> assertThat(
                        locked.reason())
                .contains(KEY.id()));
        assertThatThrownBy(() -> other.reseal(BY)).isInstanceOf(StoreSetupException.class);

        other.offer(ReceiptKey.Pair.random(MORNING), true, BY);

        assertThat(other.signing()).containsInstanceOf(Signing.Ready.class);
    }

    @Test
    void kindThatIsUnknown_isNotReadAsAllKinds() throws SQLException {
        webhooks(KEY, null)
                .create(
                        ID,
                        new NewWebhook("hr", "https://hr.example.com/", List.of(EventKind.MARK_CREATED)),
                        FIRST,
                        1,
                        BY);
        TestServer.execute(address, "update webhooks set events = '{mark.invented}'");

        assertThatThrownBy(() -> webhooks(KEY, null).webhooks()).hasMessageContaining("mark.invented");
    }

    private static SecretSeal seal(@Nullable TemplateKey present, @Nullable TemplateKey old) {
        return new SecretSeal(Optional.ofNullable(present), Optional.ofNullable(old));
    }

    private static TemplateKey key(int seed) {
        byte[] bytes = new byte[TemplateKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return TemplateKey.parse(Base64.getEncoder().encodeToString(bytes)).orElseThrow();
    }
}
