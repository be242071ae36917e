package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderRemovalTest {

    private static final int FILES = 2_000;

    @TempDir
    Path parent;

    @Test
    void folderWithEverythingInIt_isGone() throws IOException {
        Path folder = filled("full");

        FolderRemoval.remove(folder);

        assertThat(folder).doesNotExist();
    }

    @Test
    void folderThatIsNotThere_isNoFault() throws IOException {
        FolderRemoval.remove(parent.resolve("nothing"));

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void whatALinkLeadsTo_stays() throws IOException {
        Path kept = filled("kept");
        Path folder = Files.createDirectory(parent.resolve("linking"));
        Files.createSymbolicLink(folder.resolve("link"), kept);

        FolderRemoval.remove(folder);

        assertThat(folder).doesNotExist();
        assertThat(kept.resolve("0/0")).exists();
    }

    @Test
    void folderThatAnotherRemovesAtTheSameTime_isGone() throws Exception {
        Path folder = filled("shared");
        Thread other = started(() -> FolderRemoval.remove(folder));

        FolderRemoval.remove(folder);
        other.join();

        assertThat(folder).doesNotExist();
    }

    @Test
    void folderThatAnotherStillWritesTo_isGoneWhenThatEnds() throws Exception {
        Path folder = Files.createDirectories(parent.resolve("written"));
        CountDownLatch writing = new CountDownLatch(1);
        Thread other = started(() -> {
            for (int i = 0; i < FILES; i++) {
                writeIfPossible(folder.resolve("base/" + i));
                writing.countDown();
            }
        });
        writing.await();

        FolderRemoval.remove(folder);
        other.join();
        FolderRemoval.remove(folder);

        assertThat(folder).doesNotExist();
    }

    @Test
    void folderThatMayNotBeChanged_isAFault() throws IOException {
        Path folder = filled("locked");
        Files.setPosixFilePermissions(folder.resolve("0"), PosixFilePermissions.fromString("r-xr-xr-x"));
        Assumptions.assumeFalse(Files.isWritable(folder.resolve("0")), "this account may change everything");

        assertThatThrownBy(() -> FolderRemoval.remove(folder)).isInstanceOf(IOException.class);
        Files.setPosixFilePermissions(folder.resolve("0"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path filled(String name) throws IOException {
        Path folder = parent.resolve(name);
        for (int i = 0; i < FILES; i++) {
            Path inner = Files.createDirectories(folder.resolve("" + i % 20));
            Files.writeString(inner.resolve("" + i), "x");
        }
        return folder;
    }

    /** Writes a file, unless its folder is removed in the middle of that. */
    private static boolean writeIfPossible(Path file) throws IOException {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "x");
            return true;
        } catch (FileSystemException e) {
            return false;
        }
    }

    private static Thread started(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.start();
        return thread;
    }

    private interface Work {
        void run() throws IOException;
    }
}
