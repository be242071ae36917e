package dev.rollcall.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.audit.AuditChains.Position;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The verification of a log from which retention removes entries, before it or meanwhile. */
class RetentionVerificationTest {

    private final WrittenLog log = new WrittenLog().begin("own", true).write("own", 8);

    @Test
    void entriesThatRetentionRemoved_areNotMissed() {
        log.prune("own", 3, "own");

        AuditVerification.Report report = AuditVerification.of(log, List.of());

        assertThat(report.problems()).isEmpty();
        assertThat(report.entries()).isEqualTo(6);
    }

    @Test
    void entriesThatAreGoneFromTheStartWithoutANote_areTold() {
        Position third = log.link("own", 2).position();
        log.links("own").subList(0, 3).clear();
        log.anchorAt("own", third);

        assertThat(problems(log))
                .containsExactly("chain own: entries up to 3 are gone, and no entry says that retention removed them");
    }

    @Test
    void retentionThatRemovesMeanwhile_isNoProblem() {
        log.afterListing(() -> log.prune("own", 3, "own"));

        assertThat(problems(log)).isEmpty();
        assertThat(log.timesListed()).as("listed, compared, listed again").isEqualTo(3);
    }

    @Test
    void logThatIsNotChangedMeanwhile_isVerifiedOnce() {
        log.links("own").remove(2);
        assertThat(problems(log)).hasSize(1);
        assertThat(log.timesListed()).isEqualTo(2);

        WrittenLog sound = new WrittenLog().begin("own", true).write("own", 8);
        assertThat(problems(sound)).isEmpty();
        assertThat(sound.timesListed()).isEqualTo(1);
    }

    @Test
    void retentionThatNeverEnds_isVerifiedThreeTimes() {
        removeTheFirstAgainAndAgain(1);

        assertThat(problems(log)).isNotEmpty();
        assertThat(log.timesListed()).isEqualTo(5);
    }

    private void removeTheFirstAgainAndAgain(int times) {
        log.afterListing(() -> {
            log.anchorAt("own", log.link("own", 0).position());
            log.links("own").remove(0);
            if (times < 6) {
                removeTheFirstAgainAndAgain(times + 1);
            }
        });
    }

    private static List<String> problems(WrittenLog log) {
        return AuditVerification.of(log, List.of()).problems();
    }
}
