package dev.rollcall.certificates;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/** The key of a TLS server while its certificate is renewed. */
class RenewableKeyTest {

    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");
    private static final String KIND = Credential.KEY_ALGORITHM;

    private final Credential authority = CertificateMaker.authority("desk", List.of("local"), NOW);
    private final Credential first = server();
    private final RenewableKey key = new RenewableKey(first);

    private Credential server() {
        return CertificateMaker.server(authority, new CertifiedNames(List.of("desk.local"), List.of()), NOW);
    }

    private static SSLEngine engine() throws Exception {
        return SSLContext.getDefault().createSSLEngine();
    }

    @Test
    void handshakeThatBeginsAfterARenewal_getsTheNewCertificateWithItsKey() throws Exception {
        Credential next = server();
        key.renew(next);

        String alias = requireNonNull(key.chooseEngineServerAlias(KIND, null, engine()));

        assertThat(key.getCertificateChain(alias)).containsExactly(next.certificate());
        assertThat(key.getPrivateKey(alias)).isEqualTo(next.key());
    }

    @Test
    void handshakeThatBeganBefore_isFinishedWithTheCertificateItChose() throws Exception {
        String alias = requireNonNull(key.chooseEngineServerAlias(KIND, null, engine()));
        key.renew(server());

        assertThat(key.getCertificateChain(alias)).containsExactly(first.certificate());
        assertThat(key.getPrivateKey(alias)).isEqualTo(first.key());
    }

    @Test
    void certificateBeforeTheLastOne_isForgotten() throws Exception {
        String alias = requireNonNull(key.chooseEngineServerAlias(KIND, null, engine()));
        key.renew(server());
        key.renew(server());

        assertThat(key.getPrivateKey(alias)).isNull();
    }

    @Test
    void otherKindsOfKeys_areNotOffered() throws Exception {
        assertThat(key.chooseEngineServerAlias("RSA", null, engine())).isNull();
    }
}
