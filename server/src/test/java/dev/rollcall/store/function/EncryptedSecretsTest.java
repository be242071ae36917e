package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MORNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.receipts.ReceiptKey;
import dev.rollcall.receipts.ReceiptStore;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.webhooks.Outbox.Lease;
import dev.rollcall.webhooks.WebhookSecret;
import dev.rollcall.webhooks.WebhookStore;
import dev.rollcall.webhooks.WebhookStore.By;
import dev.rollcall.webhooks.WebhookStore.NewWebhook;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
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

/** The secrets of webhooks and the key of receipts, encrypted in the database. */
class EncryptedSecretsTest {

    private static final String ID = "0123456789ab";
    private static final String URL = "https://hr.example.com/";
    private static final By BY = new By(CALLER, MORNING);
    private static final TemplateKey KEY = key(1);
    private static final TemplateKey OTHER = key(2);
    private static final WebhookSecret FIRST = secret(1);
    private static final WebhookSecret SECOND = secret(2);

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

    @Test
    void secretsOfWebhooks_changeTheirKeyThroughBothKeys() throws SQLException {
        webhooks(null, null).create(ID, new NewWebhook("hr", URL, List.of()), FIRST, 5, BY);
        webhooks(KEY, null).rotate(ID, SECOND, MORNING.plusSeconds(3600), BY);
        webhooks(KEY, null).test(ID, BY);
        assertThat(stored()).startsWith(KEY.id() + ":").contains(" plain:");

        assertThat(webhooks(OTHER, KEY).reseal(BY)).isEqualTo(1);
        assertThat(webhooks(OTHER, KEY).reseal(BY)).isZero();

        assertThat(stored()).startsWith(OTHER.id() + ":").contains(" " + OTHER.id() + ":");
        assertThat(signing(OTHER)).containsExactly(SECOND.text(), FIRST.text());
        assertThat(TestServer.ask(address, "select details::text from audit_log where action = 'SECRETS_RESEALED'"))
                .isEqualTo("{\"webhooks\": 1}");
    }

    @Test
    void secretsOfWebhooks_needTheirKey() {
        webhooks(KEY, null).create(ID, new NewWebhook("hr", URL, List.of()), FIRST, 5, BY);

        assertThatThrownBy(() -> webhooks(OTHER, null).reseal(BY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("encrypted under the key " + KEY.id());
    }

    @Test
    void keyOfReceipts_changesItsKeyThroughBothKeysAndSignsAsBefore() throws Exception {
        ReceiptKey.Pair pair = pair();
        receipts(KEY, null).offer(pair, false, MORNING, CALLER);

        assertThat(receipts(OTHER, KEY).reseal(MORNING, CALLER)).isEqualTo(1);
        assertThat(receipts(OTHER, KEY).reseal(MORNING, CALLER)).isZero();

        assertThat(receipts(OTHER, null).signing().orElseThrow().privateKey()).isEqualTo(pair.privateKey());
        assertThat(receipts(null, OTHER).reseal(MORNING, CALLER)).isEqualTo(1);
        assertThat(receipts(null, null).signing().orElseThrow().privateKey()).isEqualTo(pair.privateKey());
    }

    @Test
    void beforeTheFirstReceipt_thereIsNothingToStoreAgain() {
        assertThat(receipts(KEY, null).reseal(MORNING, CALLER)).isZero();
        assertThat(webhooks(KEY, null).reseal(BY)).isZero();
    }

    private String stored() throws SQLException {
        return TestServer.ask(address, "select secret || ' ' || old_secret from webhooks");
    }

    private List<String> signing(TemplateKey key) {
        Lease lease = new Lease("me", MORNING.plusSeconds(60));
        return new FunctionOutbox(database, seal(key, null))
                .take(lease, 1, MORNING).taken().orElseThrow().secrets().stream()
                        .map(WebhookSecret::text)
                        .toList();
    }

    private WebhookStore webhooks(@Nullable TemplateKey current, @Nullable TemplateKey previous) {
        return new FunctionWebhookStore(database, seal(current, previous));
    }

    private ReceiptStore receipts(@Nullable TemplateKey current, @Nullable TemplateKey previous) {
        return new FunctionReceiptStore(database, seal(current, previous));
    }

    private static SecretSeal seal(@Nullable TemplateKey current, @Nullable TemplateKey previous) {
        return new SecretSeal(Optional.ofNullable(current), Optional.ofNullable(previous));
    }

    private static ReceiptKey.Pair pair() throws Exception {
        KeyPair made = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        byte[] x509 = made.getPublic().getEncoded();
        byte[] raw = Arrays.copyOfRange(x509, x509.length - 32, x509.length);
        return ReceiptKey.Pair.of(
                ReceiptKey.of(raw, MORNING, null), made.getPrivate().getEncoded());
    }

    private static TemplateKey key(int seed) {
        byte[] bytes = new byte[TemplateKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return TemplateKey.parse(Base64.getEncoder().encodeToString(bytes)).orElseThrow();
    }

    private static WebhookSecret secret(int seed) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) seed);
        return new WebhookSecret(bytes);
    }
}
