package dev.rollcall.store.function;

import static dev.rollcall.store.function.Samples.CALLER;
import static dev.rollcall.store.function.Samples.MODEL;
import static dev.rollcall.store.function.Samples.MORNING;
import static dev.rollcall.store.function.Samples.embedding;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.engine.Embedding;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.people.PeopleDirectory;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store of people with encrypted templates: the contract, and what encryption is for. */
class EncryptedTemplatesTest implements PeopleStoreContract {

    private static final UserId ANN = new UserId("ann");
    private static final UserId BOB = new UserId("bob");
    private static final TemplateKey KEY = key(1);
    private static final TemplateKey OTHER = key(2);

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
    public PeopleStore people() {
        return people(KEY, null);
    }

    @Override
    public PeopleDirectory directory() {
        return new FunctionPeopleDirectory(database);
    }

    @Test
    void listedTemplate_saysUnderWhichKeyItIs() {
        Samples.enroll(people(), ANN, 1);

        assertThat(directory().templates(ANN).orElseThrow())
                .singleElement()
                .satisfies(template -> assertThat(template.sealedWith()).isEqualTo(KEY.id()));
    }

    @Test
    void storedBytes_tellNothingAndAreNeverTheSame() throws SQLException {
        Samples.enroll(people(), ANN, 1);
        Samples.enroll(people(), ANN, 1);
        String plain = HexFormat.of().formatHex(embedding(1).toBytes());

        Set<String> stored = new HashSet<>();
        for (int i = 0; i < 2; i++) {
            stored.add(TestServer.ask(
                    address, "select encode(embedding, 'hex') from face_embeddings order by id offset " + i));
        }

        assertThat(stored).hasSize(2).allSatisfy(bytes -> assertThat(bytes)
                .hasSize(2 * (12 + Embedding.STORED_BYTES + 16))
                .doesNotContain(plain.substring(0, 32)));
    }

    @Test
    void templateMovedToAnotherPerson_opensNothing() throws SQLException {
        Samples.enroll(people(), ANN, 1);
        Samples.enroll(people(), BOB, 2);
        TestServer.execute(
                address,
                "update face_embeddings set embedding = (select embedding from face_embeddings where user_id = 'bob')"
                        + " where user_id = 'ann'");

        assertThatThrownBy(() -> people().find(ANN, MODEL)).hasMessageContaining("belongs to somebody else");
        assertThatThrownBy(() -> people().forEachTemplate(MODEL, 0, (owner, template) -> {}))
                .hasMessageContaining("belongs to somebody else");
        assertThat(people().find(BOB, MODEL)).isPresent();
    }

    @Test
    void changedTemplate_opensNothing() throws SQLException {
        Samples.enroll(people(), ANN, 1);
        TestServer.execute(address, "update face_embeddings set embedding = set_byte(embedding, 500, 7)");
        TestServer.execute(address, "update face_embeddings set embedding = set_byte(embedding, 501, 8)");

        assertThatThrownBy(() -> people().find(ANN, MODEL)).hasMessageContaining("was changed");
    }

    @Test
    void wrongOrMissingKey_isToldAtTheStartWithoutTheKey() {
        Samples.enroll(people(), ANN, 1);

        assertThatThrownBy(() -> people(null, null))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining("TEMPLATE_KEY is not set")
                .hasMessageContaining(KEY.id())
                .hasMessageContaining("lost");
        assertThatThrownBy(() -> people(OTHER, null))
                .isInstanceOf(StoreSetupException.class)
                .hasMessageContaining(KEY.id())
                .hasMessageContaining(OTHER.id());
        assertThat(KEY.toString()).doesNotContain(base64(1)).contains(KEY.id());
    }

    @Test
    void plainAndEncryptedTemplates_areReadBesideEachOther() {
        Samples.enroll(people(null, null), ANN, 1);
        Samples.enroll(people(), ANN, 2);
        Samples.enroll(people(), BOB, 3);

        assertThat(similarities(people())).containsExactly(1, 2, 3);
        assertThat(people().find(ANN, MODEL).orElseThrow().templates()).hasSize(2);
    }

    @Test
    void keyIsChanged_throughBothKeys() throws SQLException {
        Samples.enroll(people(null, null), ANN, 1);
        Samples.enroll(people(), ANN, 2);
        Samples.enroll(people(), BOB, 3);

        PeopleStore both = people(OTHER, KEY);
        assertThat(similarities(both)).containsExactly(1, 2, 3);
        assertThat(both.reseal(MORNING, CALLER)).isEqualTo(3);
        assertThat(both.reseal(MORNING, CALLER)).isZero();

        assertThat(similarities(people(OTHER, null))).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> people(KEY, null)).isInstanceOf(StoreSetupException.class);
        assertThat(TestServer.ask(address, "select details::text from audit_log where action = 'TEMPLATES_RESEALED'"))
                .isEqualTo("{\"templates\": 3}");
    }

    @Test
    void encryptionIsGivenUp_throughTheOldKeyAlone() {
        Samples.enroll(people(), ANN, 1);

        assertThat(people(null, KEY).reseal(MORNING, CALLER)).isEqualTo(1);

        assertThat(similarities(people(null, null))).containsExactly(1);
    }

    @Test
    void onlyThirtyTwoBytesInBase64_areAKey() {
        assertThat(TemplateKey.parse(base64(1) + "\n")).isPresent();
        for (String wrong : new String[] {"", "secret", base64(1).substring(4), base64(1) + base64(1), "%%%"}) {
            assertThat(TemplateKey.parse(wrong)).as(wrong).isEmpty();
        }
    }

    /** The seeds of the templates, in their order. */
    private static int[] similarities(PeopleStore people) {
        List<Integer> seeds = new ArrayList<>();
        people.forEachTemplate(MODEL, 0, (owner, template) -> {
            for (int seed = 1; seed <= 3; seed++) {
                if (template.similarity(embedding(seed)) > 0.999) {
                    seeds.add(seed);
                }
            }
        });
        return seeds.stream().mapToInt(seed -> seed).toArray();
    }

    private FunctionPeopleStore people(@Nullable TemplateKey current, @Nullable TemplateKey previous) {
        return FunctionPeopleStore.open(
                database, new TemplateSeal(Optional.ofNullable(current), Optional.ofNullable(previous)));
    }

    private static TemplateKey key(int seed) {
        return TemplateKey.parse(base64(seed)).orElseThrow();
    }

    private static String base64(int seed) {
        byte[] bytes = new byte[TemplateKey.BYTES];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
