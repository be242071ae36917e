package dev.rollcall.certificates;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate that a TLS server proves itself with, and its key. Each handshake asks for them, so that a renewed certificate is in use
 * with the next connection, and no connection fails for it. An alias is the serial number of a certificate; a handshake asks first for the
 * alias and then for what belongs to it, so that the certificate before the newest is kept. Safe for use by several threads.
 */
final class RenewableKey extends X509ExtendedKeyManager {

    /** The newest first. */
    private volatile List<Credential> known;

    RenewableKey(Credential first) {
        known = List.of(first);
    }

    /** Uses a certificate for all handshakes that begin from now on. */
    synchronized void renew(Credential next) {
        known = Stream.concat(Stream.of(next), known.stream().limit(1)).toList();
    }

    Credential current() {
        return known.get(0);
    }

    private static String alias(Credential credential) {
        return credential.certificate().getSerialNumber().toString(16);
    }

    private Optional<Credential> credential(@Nullable String alias) {
        return known.stream().filter(one -> alias(one).equals(alias)).findFirst();
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
        return keyType.equals(Credential.KEY_ALGORITHM) ? alias(current()) : null;
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, Socket socket) {
        return keyType.equals(Credential.KEY_ALGORITHM) ? alias(current()) : null;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return keyType.equals(Credential.KEY_ALGORITHM) ? new String[] {alias(current())} : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return credential(alias)
                .map(found -> new X509Certificate[] {found.certificate()})
                .orElse(null);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return credential(alias).map(Credential::key).orElse(null);
    }

    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] keyTypes, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
