package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {

    @TempDir
    Path temporary;

    @Test
    void leftOverFolder_isRemovedByTheNextDemo() throws Exception {
        Path leftOver = Files.createDirectories(temporary.resolve("rollcall-demo1/data"));
        Files.createFile(temporary.resolve("rollcall-demo1/demo.lock"));
        Files.createFile(leftOver.resolve("rollcall.lock"));

        try (DemoFolder folder = DemoFolder.under(temporary)) {
            assertThat(temporary.resolve("rollcall-demo1")).doesNotExist();
            assertThat(folder.path()).isDirectory();
        }

        assertThat(temporary).isEmptyDirectory();
    }

    @Test
    void folderThatIsUsed_stays() throws Exception {
        try (DemoFolder used = DemoFolder.under(temporary);
                DemoFolder other = DemoFolder.under(temporary)) {
            assertThat(used.path()).isDirectory();
            assertThat(other.path()).isDirectory();
        }
    }

    @Test
    void foldersOfOthers_stay() throws Exception {
        Path others = Files.createDirectory(temporary.resolve("rollcall-demonstration"));

        DemoFolder.under(temporary).close();

        assertThat(others).exists();
    }
}
