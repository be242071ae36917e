package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.ListException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** What is read from zip files, hostile ones too. */
class ZipContentsTest {

    private static final ZipContents.Limits LIMITS = new ZipContents.Limits(100, 10_000_000, 100_000);

    private final Map<String, String> files = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private void read(byte[] zip) throws IOException, ListException {
        read(new ByteArrayInputStream(zip), LIMITS);
    }

    private void read(InputStream zip, ZipContents.Limits limits) throws IOException, ListException {
        ZipContents.read(zip, limits, new ZipContents.Receiver() {
            @Override
            public void file(int number, String path, InputStream content) throws IOException {
                files.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }

            @Override
            public void problem(int number, String path, FileProblem problem, String detail) {
                problems.add(number + " " + path + " " + problem);
            }
        });
    }

    private static byte[] symlink() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            ZipArchiveEntry entry = new ZipArchiveEntry("ann.jpg");
            entry.setUnixMode(0120777);
            zip.putArchiveEntry(entry);
            zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
            zip.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    @Test
    void files_areReadInTheirOrderWithoutFoldersAndHiddenFiles() throws Exception {
        read(new Zips()
                .with("ann/", "")
                .with("ann/1.jpg", "one")
                .with(".DS_Store", "x")
                .with("__MACOSX/ann/1.jpg", "x")
                .with("bob.png", "two")
                .bytes());

        assertThat(files).containsExactly(Map.entry("ann/1.jpg", "one"), Map.entry("bob.png", "two"));
        assertThat(problems).isEmpty();
    }

    @Test
    void pathTricks_areRefusedOneByOne() throws Exception {
        read(new Zips()
                .with("../../etc/passwd", "x")
                .with("/etc/shadow", "x")
                .with("C:\\windows\\a.jpg", "x")
                .with("ann/../../b.jpg", "x")
                .with("a\u0000b.jpg", "x")
                .with("fine\\1.jpg", "fine")
                .bytes());

        assertThat(problems)
                .containsExactly(
                        "0 ../../etc/passwd PATH_INVALID",
                        "1 /etc/shadow PATH_INVALID",
                        "2 C:/windows/a.jpg PATH_INVALID",
                        "3 ann/../../b.jpg PATH_INVALID",
                        "4 a?b.jpg PATH_INVALID");
        assertThat(files).containsOnlyKeys("fine/1.jpg");
    }

    @Test
    void secondFileOfAName_isRefusedAndTheFirstStays() throws Exception {
        byte[] zip = Zips.replaced(
                new Zips().with("a1.jpg", "first").with("a2.jpg", "second").bytes(), "a2.jpg", "a1.jpg");

        read(zip);

        assertThat(files).containsExactly(Map.entry("a1.jpg", "first"));
        assertThat(problems).containsExactly("1 a1.jpg NAME_REPEATED");
    }

    @Test
    void truncatedZip_isRefusedWhereverItEnds() {
        byte[] zip = new Zips()
                .with("ann.jpg", "content of a file that is somewhat longer")
                .with("bob.jpg", "two")
                .bytes();

        for (int length = 0; length < zip.length; length++) {
            byte[] part = Arrays.copyOf(zip, length);
            assertThatThrownBy(() -> read(part)).as("%d bytes", length).isInstanceOf(ListException.class);
        }
    }

    @Test
    void changedBytes_neverEndInAnythingButAnErrorOrFiles() throws Exception {
        byte[] zip = new Zips()
                .with("ann.jpg", "content of a file that is somewhat longer")
                .with("bob/1.jpg", "two")
                .bytes();
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] changed = zip.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                read(changed);
            } catch (ListException e) {
                assertThat(e).message().isNotBlank();
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void otherBodies_areNoZipFiles() {
        assertThatThrownBy(() -> read("{\"not\": \"a zip\"}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(ListException.class);
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(ListException.class);
        assertThatThrownBy(() -> read(new byte[200_000])).isInstanceOf(ListException.class);
    }

    @Test
    void bomb_isRefusedByItsRatioBeforeItIsUnpacked() {
        byte[] zip = new Zips().with("ann.jpg", new byte[9_000_000]).bytes();

        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("more than 100 times");
    }

    @Test
    void tooManyBytes_areRefused() {
        byte[] noise = new byte[900_000];
        new Random(1).nextBytes(noise);
        Zips zip = new Zips();
        for (int i = 0; i < 12; i++) {
            zip.with(i + ".jpg", noise);
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("10,000,000 bytes");
    }

    @Test
    void tooManyFiles_areRefused() {
        Zips zip = new Zips();
        for (int i = 0; i < 101; i++) {
            zip.with("folder" + i + "/", "");
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessage("the zip file has more than 100 files");
    }

    @Test
    void namesThatTakeTooMuchMemory_areRefused() {
        Zips zip = new Zips();
        for (int i = 0; i < 90; i++) {
            zip.with("x".repeat(500) + i, "");
        }

        assertThatThrownBy(() -> read(zip.bytes()))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("send it in parts");
    }

    @Test
    void zipInAZip_isAFileLikeAnyOther() throws Exception {
        byte[] inner = new Zips().with("ann.jpg", "one").bytes();

        read(new Zips().with("inner.zip", inner).bytes());

        assertThat(files).containsOnlyKeys("inner.zip");
    }

    @Test
    void linkInAZip_isAFileWithItsTargetAsText() throws Exception {
        read(symlink());

        assertThat(files).containsExactly(Map.entry("ann.jpg", "/etc/passwd"));
    }

    @Test
    void encryptedFile_isRefusedAloneIfItsLengthIsKnown() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (String name : List.of("ann.jpg", "bob.jpg")) {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setMethod(ZipArchiveEntry.STORED);
                entry.setSize(3);
                entry.setCrc(0x352441c2L);
                zip.putArchiveEntry(entry);
                zip.write("abc".getBytes(StandardCharsets.UTF_8));
                zip.closeArchiveEntry();
            }
        }
        byte[] encrypted = bytes.toByteArray();
        encrypted[6] |= 1;

        read(encrypted);

        assertThat(problems).containsExactly("0 ann.jpg ZIP_METHOD_UNSUPPORTED");
        assertThat(files).containsExactly(Map.entry("bob.jpg", "abc"));
    }

    @Test
    void encryptedFileOfUnknownLength_refusesAll() {
        byte[] zip = new Zips().with("ann.jpg", "abc").bytes();
        zip[6] |= 1;

        assertThatThrownBy(() -> read(zip)).isInstanceOf(ListException.class).hasMessageContaining("encrypted");
    }

    @Test
    void fileThatTheEndDoesNotCount_refusesAll() {
        byte[] zip = new Zips().with("ann.jpg", "abc").with("bob.jpg", "abc").bytes();
        zip[zip.length - 12] = 1;

        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(ListException.class)
                .hasMessageContaining("lists 1 files at its end and has 2");
    }

    @Test
    void otherNameAtTheEnd_refusesAll() {
        byte[] zip = new Zips().with("ann.jpg", "abc").with("bob.jpg", "abc").bytes();
        int place = new String(zip, StandardCharsets.ISO_8859_1).lastIndexOf("bob.jpg");
        zip[place] = 'r';

        assertThatThrownBy(() -> read(zip))
                .isInstanceOf(ListException.class)
                .hasMessage("the zip file lists other names of files at its end than it has");
    }

    @Test
    void failedTransfer_isNoDamagedZip() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("connection reset");
            }

            @Override
            public int read(byte[] into, int from, int most) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> read(broken, LIMITS))
                .isInstanceOf(ZipFailure.RequestException.class)
                .hasRootCauseMessage("connection reset");
    }

    @Test
    void contentThatWasChanged_refusesAll() {
        byte[] stored =
                new Zips().stored("ann.jpg", "the content").with("bob.jpg", "b").bytes();

        assertThatThrownBy(() -> read(Zips.replaced(stored, "the content", "the c0ntent")))
                .isInstanceOf(ListException.class)
                .hasMessage("the zip file is damaged: the content of file 1 has another checksum or size");
    }

    @Test
    void filesPackedByZstandard_areRefusedAlone() throws Exception {
        byte[] zip = new Zips().stored("ann.jpg", "abc").with("bob.jpg", "abc").bytes();
        for (int i = 0; i + 4 < zip.length; i++) {
            boolean isLocal = zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 3 && zip[i + 3] == 4;
            if (isLocal) {
                zip[i + 8] = 93;
                break;
            }
        }

        read(zip);

        assertThat(problems).containsExactly("0 ann.jpg ZIP_METHOD_UNSUPPORTED");
        assertThat(files).containsExactly(Map.entry("bob.jpg", "abc"));
    }
}
