package dev.rollcall.certificates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertAll;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The service's own authority and certificate, in a folder. */
class LocalCertificatesTest {

    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final String SERVER_AUTHENTICATION = "1.3.6.1.5.5.7.3.1";

    @TempDir
    Path data;

    private Path hostName;

    @BeforeEach
    void nameMachine() throws IOException {
        hostName = data.resolve("hostname");
        Files.writeString(hostName, "Front-Desk.office.example\n");
    }

    private LocalCertificates open(Instant now, String... given) {
        return LocalCertificates.open(
                data, new MachineNames(List.of(given), hostName), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path file(String name) {
        return data.resolve("tls").resolve(name);
    }

    private X509Certificate server() throws Exception {
        return Credential.parse(Files.readString(file("server.pem"))).certificate();
    }

    private static X509Certificate trusted(LocalCertificates certificates) throws GeneralSecurityException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificates.authority().der()));
    }

    /**
     * Validates a certificate under an authority by RFC 5280, 6, with the constraints in the authority's own certificate, which the JDK
     * applies to a certificate of the path and not to one that is the anchor.
     */
    private static void validate(X509Certificate certificate, X509Certificate authority, Instant at)
            throws GeneralSecurityException {
        TrustAnchor anchor = new TrustAnchor(authority.getSubjectX500Principal(), authority.getPublicKey(), null);
        PKIXParameters parameters = new PKIXParameters(Set.of(anchor));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(at));
        CertPathValidator.getInstance("PKIX")
                .validate(
                        CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate, authority)),
                        parameters);
    }

    @Test
    void certificateOfTheMachine_isValidUnderItsAuthorityForAllItsNames() throws Exception {
        LocalCertificates certificates = open(START, "rollcall.office.example", "192.168.7.7", "fd00::7");
        X509Certificate server = server();

        validate(server, trusted(certificates), START);

        CertifiedNames names = CertifiedNames.of(server);
        assertAll(
                () -> assertThat(names.names())
                        .containsExactly(
                                "rollcall.office.example",
                                "front-desk.local",
                                "front-desk.office.example",
                                "localhost"),
                () -> assertThat(names.addresses())
                        .contains("192.168.7.7", "fd00:0:0:0:0:0:0:7", "127.0.0.1", "0:0:0:0:0:0:0:1"),
                () -> assertThat(certificates.names()).isEqualTo(names),
                () -> assertThat(server.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION),
                () -> assertThat(server.getBasicConstraints()).isNegative(),
                () -> assertThat(Duration.between(
                                server.getNotBefore().toInstant(),
                                server.getNotAfter().toInstant()))
                        .isLessThan(Duration.ofDays(397)),
                () -> assertThat(certificates.validUntil())
                        .isEqualTo(server.getNotAfter().toInstant()));
    }

    @Test
    void authority_signsServersBelowItsDomainsAndNothingElse() throws Exception {
        LocalCertificates certificates = open(START);
        X509Certificate authority = trusted(certificates);
        Credential signer = Credential.parse(Files.readString(file("authority.pem")));
        X509Certificate bank = CertificateMaker.server(
                        signer, new CertifiedNames(List.of("bank.example"), List.of()), START)
                .certificate();

        assertAll(
                () -> assertThat(authority.getBasicConstraints()).isZero(),
                () -> assertThat(authority.getKeyUsage())
                        .containsExactly(false, false, false, false, false, true, true, false, false),
                () -> assertThat(authority.getExtendedKeyUsage()).containsExactly(SERVER_AUTHENTICATION),
                () -> assertThat(authority.getCriticalExtensionOIDs()).contains(NAME_CONSTRAINTS),
                () -> assertThatThrownBy(() -> validate(bank, authority, START))
                        .isInstanceOf(CertPathValidatorException.class));
    }

    @Test
    void filesThatFit_areUsedAgain() throws Exception {
        LocalCertificates first = open(START);
        X509Certificate before = server();
        LocalCertificates again = open(START.plus(Duration.ofDays(300)));

        assertThat(server()).isEqualTo(before);
        assertThat(again.renew()).isFalse();
        assertThat(again.authority().fingerprint())
                .isEqualTo(first.authority().fingerprint())
                .matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    }

    @Test
    void changedName_makesANewCertificateOfTheSameAuthority() throws Exception {
        LocalCertificates certificates = open(START);
        X509Certificate before = server();
        Files.writeString(hostName, "reception.local");

        assertThat(certificates.renew()).isTrue();

        assertThat(certificates.names().names()).containsExactly("reception.local", "localhost");
        assertThat(server().getSerialNumber()).isNotEqualTo(before.getSerialNumber());
        validate(server(), trusted(certificates), START);
        assertThat(certificates.renew()).isFalse();
    }

    @Test
    void hostNameThatTheAuthorityMayNotSign_isLeftOut() throws Exception {
        LocalCertificates certificates = open(START);
        Files.writeString(hostName, "till.example");

        assertThat(certificates.renew()).isTrue();

        assertThat(certificates.names().names()).containsExactly("till.local", "localhost");
    }

    @Test
    void certificateThatEndsSoon_isReplaced() throws Exception {
        open(START);
        X509Certificate before = server();
        Instant later = START.plus(Duration.ofDays(301));

        LocalCertificates certificates = open(later);

        assertThat(server().getNotAfter()).isAfter(before.getNotAfter());
        validate(server(), trusted(certificates), later);
    }

    @Test
    void certificate_endsWithItsAuthority() throws Exception {
        open(START);
        Instant late = START.plus(CertificateMaker.AUTHORITY_LIFETIME).minus(Duration.ofDays(5));

        LocalCertificates certificates = open(late);

        assertThat(certificates.validUntil()).isEqualTo(certificates.authority().validUntil());
        assertThat(certificates.renew()).isFalse();
        assertThatThrownBy(() -> open(late.plus(Duration.ofDays(6))))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("authority.pem is valid from");
    }

    /** Below the top-level domain of such a name lie sites of others. */
    @Test
    void singleLabels_areNeitherPermittedNorCertified() throws Exception {
        Files.writeString(hostName, "shop.mycompany.example");
        LocalCertificates certificates = open(START);
        Credential signer = Credential.parse(Files.readString(file("authority.pem")));

        assertThat(certificates.names().names()).containsExactly("shop.local", "shop.mycompany.example", "localhost");
        for (String elsewhere : List.of("bank.shop", "shop", "mycompany.example", "example")) {
            X509Certificate other = CertificateMaker.server(
                            signer, new CertifiedNames(List.of(elsewhere), List.of()), START)
                    .certificate();
            assertThatThrownBy(() -> validate(other, trusted(certificates), START))
                    .as(elsewhere)
                    .isInstanceOf(CertPathValidatorException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "DEV", "co.uk"})
    void machineWithoutADomain_isCertifiedByItsLocalName(String name) throws Exception {
        Files.writeString(hostName, name);

        LocalCertificates certificates = open(START);

        assertThat(certificates.names().names())
                .containsExactly(name.toLowerCase(Locale.ROOT).split("\\.", -1)[0] + ".local", "localhost");
        validate(server(), trusted(certificates), START);
    }

    @Test
    void secondChangeWithinAMinute_waits() throws Exception {
        MovedClock clock = new MovedClock(START);
        LocalCertificates certificates = LocalCertificates.open(data, new MachineNames(List.of(), hostName), clock);
        Files.writeString(hostName, "one");
        assertThat(certificates.renew()).isTrue();
        Files.writeString(hostName, "two");

        clock.now = START.plusSeconds(59);
        assertThat(certificates.renew()).isFalse();
        assertThat(certificates.names().names()).contains("one.local");
        clock.now = START.plusSeconds(60);
        assertThat(certificates.renew()).isTrue();
        assertThat(certificates.names().names()).contains("two.local");
    }

    @Test
    void afterTheAuthoritysEnd_nothingIsWritten() throws Exception {
        MovedClock clock = new MovedClock(START);
        LocalCertificates certificates = LocalCertificates.open(data, new MachineNames(List.of(), hostName), clock);
        X509Certificate before = server();
        clock.now = START.plus(CertificateMaker.AUTHORITY_LIFETIME);

        assertThat(certificates.renew()).isFalse();
        assertThat(server()).isEqualTo(before);
        clock.now = START.plus(Duration.ofDays(400));
        assertThat(certificates.renew()).isTrue();
    }

    /** A clock that a test sets. */
    private static final class MovedClock extends Clock {

        private Instant now;

        MovedClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return Clock.fixed(now, zone);
        }
    }

    @Test
    void givenNameOfAnotherDomain_isRefusedUnderAnAuthorityThatWasMadeWithoutIt() {
        open(START);

        assertThat(open(START, "rollcall.lan").names().names()).startsWith("rollcall.lan");
        assertThatThrownBy(() -> open(START, "rollcall.office.example"))
                .isInstanceOf(CertificateProblem.class)
                .hasMessageContaining("TLS_NAMES")
                .hasMessageContaining("rollcall.office.example");
    }
}
