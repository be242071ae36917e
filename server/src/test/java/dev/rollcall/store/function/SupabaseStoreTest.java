package dev.rollcall.store.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.attendance.AttendanceStore.Marking;
import dev.rollcall.attendance.AttendanceStore.Query;
import dev.rollcall.attendance.MarkDecision;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.store.function.PostgrestServer.Failure;
import dev.rollcall.store.postgres.Database;
import dev.rollcall.store.supabase.SupabaseProject;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The stores over Supabase's REST interface, onto a PostgreSQL with a project's roles and the generated script. */
class SupabaseStoreTest extends StoreContracts {

    private static TestServer server;
    private static PostgrestServer rest;
    private static SupabaseProject project;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        Database.Address database = server.newScriptedDatabase();
        rest = new PostgrestServer(database);
        project = open(PostgrestServer.SERVICE_KEY);
    }

    @AfterAll
    static void stop() {
        rest.close();
        server.close();
    }

    @Override
    public DatabaseFunctions functions() {
        return project;
    }

    @Test
    void openProject_saysWhatItIs() {
        assertThat(project.kind()).isEqualTo("supabase");
        assertThat(project.schemaVersion()).isEqualTo(Schema.VERSION);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void markWhoseTokenIsOfTheFuture_isMadeAgainForSeconds() {
        UserId ann = enrolled();
        Failure future = Failure.TOKEN_OF_THE_FUTURE;
        rest.failNext(future, future, future, future, future, future);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void projectThatIsUnpaidOrPaused_isUnavailableAndNothingIsWritten() {
        UserId ann = enrolled();
        for (Failure failure : new Failure[] {Failure.OVER_QUOTA, Failure.PAUSED}) {
            rest.failNext(failure, failure, failure);
            assertThatThrownBy(() -> mark(ann, null))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                            .isTrue());
        }
        assertThat(marksOf(ann)).isZero();
    }

    @Test
    void writeThatIsRefusedForTheFullDisk_isToldByHealthUntilOneSucceeds() {
        UserId ann = enrolled();
        rest.failNext(Failure.READ_ONLY, Failure.READ_ONLY, Failure.READ_ONLY);

        assertThatThrownBy(() -> mark(ann, null))
                .hasMessageContaining("disk is full")
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isTrue());
        assertThat(project.problem()).contains(StoreHealth.Problem.DISK_FULL);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void callThatNeverGotThere_isMadeAgain() {
        UserId ann = enrolled();
        rest.failNext(Failure.BEFORE, Failure.BEFORE);

        assertThat(mark(ann, null)).isInstanceOf(Marking.Decided.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void markWhoseAnswerWasLost_isNotMadeAgainWithoutAKey() {
        UserId ann = enrolled();
        int before = rest.calls();
        rest.failNext(Failure.ANSWER_LOST);

        assertThatThrownBy(() -> mark(ann, null))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());

        assertThat(rest.calls()).isEqualTo(before + 1);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void markWhoseAnswerWasLost_isAnsweredUnderItsKey() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.GATEWAY);

        Attempt attempt = Samples.newAttempt();

        assertThat(mark(ann, attempt)).isEqualTo(new Marking.Repeated());
        assertThat(answers().find(attempt.key(), Samples.MORNING).orElseThrow().content())
                .extracting("decision")
                .isInstanceOf(MarkDecision.Marked.class);
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void triesThatNeverGotThere_takeNothingBackFromOneThatMayHave() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.BEFORE, Failure.BEFORE);

        assertThatThrownBy(() -> mark(ann, Samples.newAttempt()))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void keyThatIsRefusedAfterALostAnswer_doesNotSayThatNothingWasWritten() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.KEY_REFUSED);

        assertThatThrownBy(() -> mark(ann, Samples.newAttempt()))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
        assertThat(marksOf(ann)).isEqualTo(1);
    }

    @Test
    void readWhoseAnswerWasLost_isMadeAgain() {
        UserId ann = enrolled();
        rest.failNext(Failure.ANSWER_LOST, Failure.GATEWAY);

        assertThat(people().find(ann, Samples.MODEL)).isPresent();
    }

    @Test
    void gatewaysPageOnAWrite_leavesItOpenWhetherItWasWritten() {
        UserId ann = enrolled();
        rest.failNext(Failure.GATEWAY);

        assertThatThrownBy(() -> mark(ann, null))
                .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.nothingWritten())
                        .isFalse());
    }

    @Test
    void responsesWithoutEnd_areGivenUpByHealth() {
        rest.failNext(Failure.ENDLESS);

        assertThat(project.problem()).contains(StoreHealth.Problem.UNREACHABLE);
        assertThat(project.problem()).isEmpty();
    }

    @Test
    void tokenOfTheFuture_isNoProblemOfHealth() {
        rest.failNext(Failure.TOKEN_OF_THE_FUTURE, Failure.TOKEN_OF_THE_FUTURE);

        assertThat(project.problem()).isEmpty();
    }

    @Test
    void projectThatSaysNothing_isReportedByHealth() {
        rest.failNext(Failure.SILENCE);

        assertThat(project.problem()).contains(StoreHealth.Problem.UNREACHABLE);
        assertThat(project.problem()).isEmpty();
    }

    private static SupabaseProject open(String key) {
        return SupabaseProject.open(new SupabaseProject.Address(rest.url(), key));
    }

    private UserId enrolled() {
        UserId userId = Samples.newUserId();
        Samples.enroll(people(), userId, 1);
        return userId;
    }

    private Marking mark(UserId person, @Nullable Attempt attempt) {
        return attendance().mark(Samples.request(Samples.match(person), Samples.MORNING, attempt), Samples.TWO_A_DAY);
    }

    private int marksOf(UserId person) {
        return attendance().list(new Query(person, null, null, 0, 100)).size();
    }
}
