package dev.rollcall.store.function;

import dev.rollcall.attendance.AttendancePolicy;
import dev.rollcall.attendance.AttendanceStore;
import dev.rollcall.attendance.CorrectionStore;
import dev.rollcall.audit.AuditStore;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SiteStore.NewSite;
import dev.rollcall.store.function.CorrectionStep.Operation;
import dev.rollcall.store.function.CorrectionSteps.Outcome;
import dev.rollcall.store.function.PolicySamples.Moment;
import dev.rollcall.store.postgres.Database;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsCollector;

/**
 * What holds for the marks of a person who works at two sites with different rules, in whatever order they are made, come late, and are
 * corrected, taken back and approved.
 */
class CorrectionPropertiesTest implements CorrectionFixture {

    private static final List<String> SITES = List.of("north", "south");

    /** Without them, the property would say little. */
    private static final Map<Operation, List<String>> FREQUENT = Map.of(
            Operation.MARK, List.of("Marked", "DailyLimitReached", "TooSoon"),
            Operation.LATE, List.of("Marked", "DailyLimitReached", "TooSoon"),
            Operation.ADD, List.of("Done", "MarkExists"),
            Operation.VOID, List.of("Done", "AlreadyCorrected"),
            Operation.REPLACE, List.of("Done", "AlreadyCorrected", "Unchanged"),
            Operation.UNDO, List.of("Undone", "NoSuchMark", "AlreadyCorrected", "TooLate"),
            Operation.ASK, List.of("Waiting", "AlreadyCorrected"),
            Operation.APPROVE, List.of("Decided", "SameKey"),
            Operation.REJECT, List.of("Decided"));

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Database database;

    @BeforeContainer
    static void start() throws SQLException {
        server = new TestServer();
        database = TestServer.open(server.newDatabase());
        FunctionSiteStore sites = new FunctionSiteStore(database);
        for (String site : SITES) {
            sites.create(new NewSite(site, site, SiteRules.OF_THE_SETTINGS), Samples.MORNING, Samples.CALLER);
        }
    }

    @AfterContainer
    static void stop() {
        database.close();
        server.close();
    }

    @Override
    public CorrectionStore corrections() {
        return new FunctionCorrectionStore(database);
    }

    @Override
    public AttendanceStore attendance() {
        return new FunctionAttendanceStore(database);
    }

    @Override
    public PeopleStore people() {
        return new FunctionPeopleStore(database, TemplateSeal.none());
    }

    @Override
    public AuditStore audit() {
        return new FunctionAuditStore(database);
    }

    @Property(tries = 100)
    void invariants_holdInWhateverOrderMarksAreMadeAndCorrected(
            @ForAll("policies") AttendancePolicy north,
            @ForAll("policies") AttendancePolicy south,
            @ForAll("moments") Moment moment,
            @ForAll("steps") List<CorrectionStep> steps) {
        Map<String, AttendancePolicy> policies = Map.of(SITES.get(0), north, SITES.get(1), south);
        CorrectionSteps person = new CorrectionSteps(this, policies, moment.shortlyBefore(north));
        StatisticsCollector outcomes = Statistics.label("steps");
        for (CorrectionStep step : steps) {
            Outcome outcome = person.carryOut(step);
            outcomes.collect(outcome.operation(), outcome.name());
        }
        person.compareHistories();
        FREQUENT.forEach((operation, names) -> names.forEach(name ->
                outcomes.coverage(checker -> checker.check(operation, name).count(times -> times > 0))));
    }

    @Provide
    Arbitrary<AttendancePolicy> policies() {
        return PolicySamples.policies();
    }

    @Provide
    Arbitrary<Moment> moments() {
        return PolicySamples.moments();
    }

    @Provide
    Arbitrary<List<CorrectionStep>> steps() {
        return CorrectionStep.lists();
    }
}
