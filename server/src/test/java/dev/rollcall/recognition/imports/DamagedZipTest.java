package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.recognition.bulk.ListException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;

/** Zip files that are damaged, changed, encrypted or not whole. */
class DamagedZipTest extends ZipFixture {

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
