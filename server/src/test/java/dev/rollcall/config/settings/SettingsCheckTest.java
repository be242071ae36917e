package dev.rollcall.config.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsCheckTest {

    private static final String SECRET = "sekret";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "DATABASE_URL, nonsense-sekret",
        "DATABASE_URL, postgresql://u:sekret@h:99999/db",
        "DATABASE_URL, postgresql://u:sekret%@h/db",
        "SUPABASE_KEY, sekret ö",
        "API_KEY, sekretö",
        "TEMPLATE_KEY, sekret",
        "OLD_TEMPLATE_KEY, sekret"
    })
    void wrongSecret_isToldWithoutItself(String name, String value) {
        assertThat(problems(Map.of(name, value)))
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem).startsWith(name).doesNotContain(SECRET));
    }

    @Test
    void foldersThatAreFilesOrMissing_areTold() throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(problems(Map.of("DATA_DIR", file.toString())))
                .singleElement()
                .asString()
                .startsWith("DATA_DIR");
        assertThat(problems(Map.of("DATA_DIR", file.resolve("x").toString())))
                .singleElement()
                .asString()
                .startsWith("DATA_DIR");
        assertThat(problems(Map.of("DATA_DIR", folder.resolve("new/one").toString())))
                .isEmpty();
        for (Path wrong : List.of(folder.resolve("none"), file, folder)) {
            assertThat(problems(Map.of("MODEL_DIR", wrong.toString())))
                    .singleElement()
                    .asString()
                    .startsWith("MODEL_DIR");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.host.invalid", "192.0.2.1", "300.1.1.1", "a b"})
    void hostThatIsNoAddressOfThisMachine_isTold(String host) {
        assertThat(Listening.wrongHost(settings(Map.of("HOST", host))))
                .hasValueSatisfying(problem -> assertThat(problem)
                        .startsWith("HOST must be an address of this machine but is \"" + host + "\""));
    }

    @Test
    void takenPort_isToldAsTaken() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(socket.getLocalPort());
            Settings settings = settings(Map.of("HOST", "127.0.0.1", "PORT", port));

            assertThat(Listening.wrongHost(settings)).isEmpty();
            assertThat(Listening.problem(settings)).hasValueSatisfying(problem -> assertThat(problem)
                    .startsWith("port " + port + " is in use")
                    .matches(Listening::isTaken));
        }
    }

    @Test
    void anyFreePort_canBeListenedOn() {
        assertThat(Listening.problem(settings(Map.of("HOST", "127.0.0.1", "PORT", "0"))))
                .isEmpty();
    }

    private List<String> problems(Map<String, String> environment) {
        return SettingsCheck.problems(settings(environment));
    }

    private Settings settings(Map<String, String> environment) {
        SettingsReader.Read read = SettingsReader.read(environment, folder.resolve(".env"));
        assertThat(read.problems()).isEmpty();
        return read.settings();
    }

    @Test
    void pictureTooLargeForTheHeap_isToldWithTheHeapThatItNeeds() {
        assertThat(SettingsCheck.tooLargeForHeap(16, 90_000_000)).isEmpty();
        assertThat(SettingsCheck.tooLargeForHeap(64, 90_000_000))
                .contains("MAX_IMAGE_MB=64 needs a larger heap: set ROLLCALL_HEAP to 322m or more");
        assertThat(SettingsCheck.tooLargeForHeap(64, 322_000_000)).isEmpty();
    }
}
