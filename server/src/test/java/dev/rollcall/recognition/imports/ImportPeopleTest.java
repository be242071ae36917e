package dev.rollcall.recognition.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.outcome.Code;
import dev.rollcall.recognition.imports.ImportPeople.Received;
import dev.rollcall.recognition.imports.ImportStatus.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reception of an upload as an import that waits, and the uploads that are refused. */
class ImportPeopleTest extends ImportFixture {

    @Test
    void receivedImport_waitsWithFilesThatNobodyElseCanRead() throws IOException {
        ImportStatus created = accepted(twoPeople());

        assertThat(created.state()).isEqualTo(State.WAITING);
        assertThat(created.people()).isEqualTo(2);
        assertThat(created.counts().files()).isEqualTo(3);
        Path folder = root().resolve(created.id().value());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList()).hasSize(5).allSatisfy(file -> {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("a1", "ann");
            });
        }
    }

    @Test
    void refusedUploads_leaveNothing() throws IOException {
        byte[] zip = twoPeople().bytes();
        byte[] half = Arrays.copyOf(zip, zip.length / 2);

        assertThat(receive(half)).isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Code.INVALID_REQUEST));
        assertThat(receive(new Zips().with("list.csv", "color\nred\n").bytes()))
                .isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                                refused.refusal().detail())
                        .startsWith("The first line of the list of people must name its columns"));
        assertThat(imports(0).receive(new ByteArrayInputStream(zip), CALLER)).isInstanceOf(Received.Refused.class);
        assertThat(filesLeft()).isZero();
        assertThat(store.rows).isEmpty();
    }

    @Test
    void fifthUnfinishedImport_isRefused() throws IOException {
        for (int i = 0; i < 4; i++) {
            accepted(twoPeople());
        }

        assertThat(receive(twoPeople().bytes())).isInstanceOfSatisfying(Received.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(Code.OVERLOADED));
    }

    @Test
    void listThatIsTooLarge_refusesAll() throws IOException {
        String list = "user_id\n" + "ann\n".repeat(LARGEST);

        Received received = receive(new Zips()
                .with("list.csv", list)
                .with("other.csv", "user_id\nann\n")
                .with("ann.jpg", "a")
                .bytes());

        assertThat(refused(received).refusal().detail()).startsWith("The zip file has several .csv files");
        assertThat(refused(receive(new Zips()
                                .with("list.csv", list)
                                .with("ann.jpg", "a")
                                .bytes()))
                        .refusal()
                        .detail())
                .startsWith("The list of people has more than 1,000 bytes");
        assertThat(filesLeft()).isZero();
    }

    @Test
    void zipOfTheFolderItself_isRefused() throws IOException {
        assertThat(refused(receive(new Zips()
                                .with("staff/ann/1.jpg", "a")
                                .with("staff/bob.jpg", "b")
                                .bytes()))
                        .refusal()
                        .detail())
                .isEqualTo("Everything in the zip file is in the folder staff/; make a zip file of what is in it.");
        assertThat(receive(new Zips()
                        .with("staff/list.csv", "user_id\nann\n")
                        .with("staff/ann.jpg", "a")
                        .bytes()))
                .isInstanceOf(Received.Refused.class);
        assertThat(receive(
                        new Zips().with("ann/1.jpg", "a").with("ann/2.jpg", "b").bytes()))
                .isInstanceOf(Received.Accepted.class);
    }

    @Test
    void diskThatCannotBeWritten_isNoFaultOfTheSender() throws IOException {
        Files.write(root(), new byte[1]);

        assertThat(refused(receive(twoPeople().bytes())).refusal().code()).isEqualTo(Code.OVERLOADED);
    }

    private static Received.Refused refused(Received received) {
        assertThat(received).isInstanceOf(Received.Refused.class);
        return (Received.Refused) received;
    }
}
