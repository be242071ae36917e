package dev.rollcall.store.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerFolderTest {

    @TempDir
    Path dataFolder;

    private ServerFolder folder;

    @BeforeEach
    void create() throws IOException {
        folder = ServerFolder.of(dataFolder);
        folder.create();
    }

    @Test
    void password_isMadeOnceForItsOwnerAlone() throws Exception {
        String made = folder.password();

        assertThat(made).matches("[0-9a-f]{48}");
        assertThat(folder.password()).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.passwordFile())))
                .isEqualTo("rw-------");
    }

    @Test
    void passwordThatWasWrittenToAFullDisk_isMadeAnew() throws Exception {
        Files.createFile(folder.path().resolve("password.unfinished"));

        assertThat(folder.password()).matches("[0-9a-f]{48}");
        assertThat(folder.path().resolve("password.unfinished")).doesNotExist();
    }
}
