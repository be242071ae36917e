package dev.rollcall.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files and the folder of the service's own authority and certificate, when others use or change them. */
class CertificateFolderTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    @TempDir
    Path data;

    private LocalCertificates open() {
        return LocalCertificates.open(data, new MachineNames(List.of()), Clock.fixed(START, ZoneOffset.UTC));
    }

    private Path file(String name) {
        return data.resolve("tls").resolve(name);
    }

    @Test
    void filesAndFolder_areForTheirOwnerAlone() throws Exception {
        open();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(""))))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(file(""))) {
            assertThat(files).hasSize(3).allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void filesThatOthersCanUse_areClosedToThem() throws Exception {
        open();
        Files.setPosixFilePermissions(file("authority.pem"), PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(file(""), PosixFilePermissions.fromString("rwxrwxrwx"));

        open();

        filesAndFolder_areForTheirOwnerAlone();
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority.pem", "server.pem", "lock", ""})
    void linkInPlaceOfAFile_isRefused(String name) throws Exception {
        open();
        Path elsewhere = Files.move(file(name), data.resolve("elsewhere"));
        Files.createSymbolicLink(data.resolve("tls").resolve(name), elsewhere);

        assertThatThrownBy(() -> open()).isInstanceOf(CertificateProblem.class).hasMessageContaining("is a link");
    }

    @ParameterizedTest
    @ValueSource(strings = {"authority.pem", "server.pem", "lock"})
    void pipeInPlaceOfAFile_isRefused(String name) throws Exception {
        open();
        Files.delete(file(name));
        assumeTrue(succeeds("mkfifo", file(name).toString()), "no pipe can be made here");

        assertThatThrownBy(() -> open()).isInstanceOf(CertificateProblem.class).hasMessageContaining("a pipe");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "authority.pem", "server.pem"})
    void fileOfAnotherAccount_isRefused(String name) throws Exception {
        open();
        assumeTrue(
                succeeds("chown", "12345", data.resolve("tls").resolve(name).toString()),
                "only root can give a file to another account");

        assertThatThrownBy(() -> open())
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("belongs to the account 12345");
    }

    private static boolean succeeds(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void brokenAuthority_isRefusedAndLeftAlone() throws Exception {
        open();
        String half = Files.readString(file("authority.pem")).substring(0, 300);
        Files.writeString(file("authority.pem"), half);

        assertThatThrownBy(() -> open())
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("authority.pem is broken, or is not a file that Rollcall has written");
        assertThat(file("authority.pem")).hasContent(half);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void certificateThatWasWrittenInPart_isMadeAgain(int length) throws Exception {
        open();
        Files.writeString(
                file("server.pem"), Files.readString(file("server.pem")).substring(0, length));

        open();

        assertThat(Credential.parse(Files.readString(file("server.pem")))
                        .certificate()
                        .getNotAfter())
                .isAfter(Date.from(START));
    }

    @Test
    void authorityForAllNames_isRefused() throws Exception {
        open();
        Files.delete(file("server.pem"));
        Files.writeString(
                file("authority.pem"),
                CertificateMaker.authority("any", List.of("local", "invalid"), START)
                        .pem());

        assertThatThrownBy(() -> open())
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("may sign for every site");
    }

    @Test
    void filesOfOtherCertificates_areRefused() throws Exception {
        open();
        String server = Files.readString(file("server.pem"));
        String authority = Files.readString(file("authority.pem"));
        Credential other = CertificateMaker.authority("other", List.of("local"), START);

        Files.writeString(file("authority.pem"), server);
        assertThatThrownBy(() -> open()).hasMessageContaining("authority.pem is not an authority");
        Files.writeString(file("authority.pem"), other.pem());
        assertThatThrownBy(() -> open()).hasMessageContaining("server.pem is not a certificate of");
        Files.writeString(
                file("authority.pem"), other.pem().replaceAll("(?s)-----BEGIN CERT.*", "") + certificate(authority));
        assertThatThrownBy(() -> open()).hasMessageContaining("authority.pem is broken");
        Files.delete(file("authority.pem"));
        assertThatThrownBy(() -> open()).hasMessageContaining("authority.pem is missing");
    }

    private static String certificate(String pem) {
        return pem.substring(pem.indexOf("-----BEGIN CERT"));
    }
}
