package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

    private static final String NAME = "a.lock";

    @TempDir
    Path folder;

    @Test
    void takenLock_isFreeWhenItIsClosed() throws IOException {
        FolderLock first = FolderLock.take(folder, NAME).orElseThrow();

        assertThat(FolderLock.take(folder, NAME)).isEmpty();
        first.close();
        FolderLock.take(folder, NAME).orElseThrow().close();
    }

    @Test
    void fileOfTheLock_isForItsOwnerAlone() throws IOException {
        Path file = Files.createFile(
                folder.resolve(NAME),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));

        FolderLock.take(folder, NAME).orElseThrow().close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void linkInItsPlace_isNotFollowed() throws IOException {
        Path target = Files.createFile(folder.resolve("target"));
        Files.createSymbolicLink(folder.resolve(NAME), target);

        assertThatThrownBy(() -> FolderLock.take(folder, NAME)).isInstanceOf(IOException.class);
    }
}
