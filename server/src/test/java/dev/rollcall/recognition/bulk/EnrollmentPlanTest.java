package dev.rollcall.recognition.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Whose the files are. */
class EnrollmentPlanTest {

    @Test
    void folderOrFile_isAPerson() {
        EnrollmentPlan plan = EnrollmentPlan.byFolder(
                List.of("Ann_Lee/1.jpg", "Ann_Lee/deep/2.jpg", "bob.jpg", "bob.png", "José Núñez.jpg"));

        assertThat(filesByPerson(plan))
                .isEqualTo(Map.of(
                        "Ann_Lee", List.of("Ann_Lee/1.jpg", "Ann_Lee/deep/2.jpg"),
                        "bob", List.of("bob.jpg", "bob.png"),
                        "Jose_Nunez", List.of("José Núñez.jpg")));
        assertThat(plan.people())
                .extracting(person -> person.identity().name().value())
                .containsExactly("Ann Lee", "bob", "José Núñez");
        assertThat(plan.problems()).isEmpty();
    }

    @Test
    void secondNameWithTheSameUserId_isRefused() {
        EnrollmentPlan plan = EnrollmentPlan.byFolder(List.of("Jose Nunez/1.jpg", "José Núñez/2.jpg"));

        assertThat(filesByPerson(plan)).isEqualTo(Map.of("Jose_Nunez", List.of("Jose Nunez/1.jpg")));
        assertThat(plan.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.file()).isEqualTo("José Núñez/2.jpg");
            assertThat(problem.code()).isEqualTo("PERSON_UNKNOWN");
        });
    }

    @Test
    void list_assignsFilesFoldersAndWhatIsNamedByTheUserId() throws Exception {
        EnrollmentPlan plan = byList(
                "user_id,file\nann,pictures\\a.jpg\nbob,b\ncid,\ndan,\nann,more.jpg\n",
                "pictures/a.jpg",
                "b/1.jpg",
                "b/2.jpg",
                "cid/1.jpg",
                "cid.png",
                "dan.jpg",
                "more.jpg",
                "stray.jpg");

        assertThat(filesByPerson(plan))
                .isEqualTo(Map.of(
                        "ann", List.of("pictures/a.jpg", "more.jpg"),
                        "bob", List.of("b/1.jpg", "b/2.jpg"),
                        "cid", List.of("cid/1.jpg", "cid.png"),
                        "dan", List.of("dan.jpg")));
        assertThat(codes(plan)).isEqualTo(Map.of("stray.jpg", "PERSON_UNKNOWN"));
    }

    @Test
    void everyLineThatFitsNothing_isTold() throws Exception {
        EnrollmentPlan plan = byList("""
            user_id,name,file
            ann,Ann,a.jpg
            ann,Anna,a.jpg
            bob,Bob,a.jpg
            cid,Cid,../secret.jpg
            dan,Dan,C:\\d.jpg
            eve,Eve,missing.jpg
            fay,Fay,
            """, "a.jpg");

        assertThat(filesByPerson(plan)).isEqualTo(Map.of("ann", List.of("a.jpg")));
        assertThat(codes(plan))
                .isEqualTo(Map.of(
                        "line 3", "LINE_INVALID",
                        "a.jpg", "LINE_INVALID",
                        "../secret.jpg", "PATH_INVALID",
                        "C:\\d.jpg", "PATH_INVALID",
                        "missing.jpg", "FILE_MISSING",
                        "line 8", "FILE_MISSING"));
    }

    @Test
    void hiddenFilesAndThoseOfOperatingSystems_areIgnored() {
        assertThat(List.of(".DS_Store", "a/.x", "__MACOSX/a.jpg", "a/Thumbs.db", "Desktop.ini"))
                .allMatch(EnrollmentPlan::isIgnored);
        assertThat(EnrollmentPlan.isIgnored("a/b.jpg")).isFalse();
    }

    @Test
    void paths_areTakenOnlyIfTheyStayWithin() {
        for (String hostile : List.of(
                "/etc/passwd",
                "..",
                "a/../../b",
                "\\\\server\\b",
                "C:\\b",
                "c:b",
                "a\0b",
                "a\nb",
                "",
                "./",
                "\u2028",
                "x".repeat(513))) {
            assertThat(FilePaths.normalized(hostile)).as(hostile).isEmpty();
        }
        assertThat(FilePaths.normalized("./a//b\\c.jpg")).contains("a/b/c.jpg");
        assertThat(FilePaths.normalized("..a/b..jpg")).contains("..a/b..jpg");
    }

    @Property(tries = 500)
    void path_neverLeadsOut(@ForAll String written) {
        FilePaths.normalized(written).ifPresent(path -> assertThat(
                        java.nio.file.Path.of("/base", path).normalize())
                .startsWithRaw(java.nio.file.Path.of("/base")));
    }

    private static EnrollmentPlan byList(String csv, String... files) throws ListException {
        return EnrollmentPlan.byList(
                List.of(files), PeopleList.parse(csv.getBytes(StandardCharsets.UTF_8), ZoneOffset.UTC));
    }

    private static Map<String, List<String>> filesByPerson(EnrollmentPlan plan) {
        return plan.people().stream()
                .collect(Collectors.toMap(person -> person.identity().userId().value(), PersonToEnroll::files));
    }

    private static Map<String, String> codes(EnrollmentPlan plan) {
        return plan.problems().stream()
                .collect(Collectors.toMap(FileResult::file, problem -> String.valueOf(problem.code())));
    }
}
