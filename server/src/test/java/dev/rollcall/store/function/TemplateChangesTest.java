package dev.rollcall.store.function;

import static dev.rollcall.store.function.TestServer.ask;
import static dev.rollcall.store.function.TestServer.execute;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.people.UserId;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbers by which a reader finds out whose templates have changed. */
class TemplateChangesTest {

    private static final String GREATEST = "select last from template_change_counter";

    private static TestServer server;
    private static Database.Address address;
    private static Database database;

    private final UserId ann = Samples.newUserId();
    private FunctionPeopleStore people;

    @BeforeAll
    static void start() throws SQLException {
        server = new TestServer();
        address = server.newDatabase();
        database = TestServer.open(address);
    }

    @AfterAll
    static void stop() {
        database.close();
        server.close();
    }

    @BeforeEach
    void enroll() {
        people = new FunctionPeopleStore(database, TemplateSeal.none());
        Samples.enroll(people, ann, 1);
    }

    @Test
    void enrollment_erasureAndDeactivationAreChanges() throws SQLException {
        String enrolled = ask(address, GREATEST);
        assertThat(changeOfAnn()).isEqualTo(enrolled);

        execute(address, "update people set active = false, inactive_since = now() where user_id = '" + ann + "'");
        String deactivated = ask(address, GREATEST);
        assertThat(changeOfAnn()).isEqualTo(deactivated).isNotEqualTo(enrolled);

        people.erase(ann, Samples.MORNING, KeptMarks.KEEP, Samples.CALLER);
        assertThat(changeOfAnn()).isEqualTo(ask(address, GREATEST)).isNotEqualTo(deactivated);
    }

    @Test
    void newNamesAndMarks_areNoChanges() throws SQLException {
        String before = ask(address, GREATEST);

        execute(address, "update people set name = 'Anna' where user_id = '" + ann + "'");
        new FunctionAttendanceStore(database).mark(Samples.request(ann, Samples.MORNING), Samples.TWO_A_DAY);

        assertThat(ask(address, GREATEST)).isEqualTo(before);
    }

    @Test
    void peopleWhoAreGone_areForgottenAfterADayAndThatIsSaid() throws SQLException {
        people.erase(ann, Samples.MORNING, KeptMarks.KEEP, Samples.CALLER);
        String gone = changeOfAnn();
        FunctionAttendanceStore answers = new FunctionAttendanceStore(database);

        answers.sweep(Samples.MORNING);
        assertThat(changeOfAnn()).isEqualTo(gone);

        execute(address, "update template_changes set changed_at = now() - interval '25 hours'");
        UserId bob = Samples.newUserId();
        Samples.enroll(people, bob, 2);
        execute(address, "update template_changes set changed_at = now() - interval '25 hours'");
        answers.sweep(Samples.MORNING);

        assertThat(ask(address, "select count(*) from template_changes where user_id = '" + ann + "'"))
                .isEqualTo("0");
        assertThat(ask(address, "select count(*) from template_changes where user_id = '" + bob + "'"))
                .isEqualTo("1");
        assertThat(ask(address, "select forgotten from template_change_counter"))
                .isEqualTo(gone);
    }

    private String changeOfAnn() throws SQLException {
        return ask(address, "select change from template_changes where user_id = '" + ann + "'");
    }
}
