package dev.rollcall.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A certificate and its key as text. */
class CredentialTest {

    @Test
    void textsOfCredentials_haveNoKey() {
        Credential made = CertificateMaker.authority("desk", List.of("local"), Instant.parse("2026-03-01T10:00:00Z"));

        assertThat(made.toString()).startsWith("Credential[CN=").doesNotContain("rivate", "key");
        assertThat(made.certificatePem()).doesNotContain("PRIVATE");
    }
}
