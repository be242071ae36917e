package dev.rollcall.config;

import dev.rollcall.certificates.LocalCertificates;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.http.api.TrustResource.Trust;
import io.quarkus.tls.runtime.KeyStoreAndKeyCertOptions;
import io.quarkus.tls.runtime.KeyStoreProvider;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.jspecify.annotations.Nullable;

/** Gives the HTTP server the certificate of TLS=local, whose renewal it doesn't notice. Quarkus asks also without TLS=local. */
@Singleton
@Identifier(SecuritySettings.LOCAL_TLS)
public class LocalKeyStore implements KeyStoreProvider {

    private final Trust trust;

    @Inject
    LocalKeyStore(Trust trust) {
        this.trust = trust;
    }

    @Override
    public @Nullable KeyStoreAndKeyCertOptions getKeyStore(Vertx vertx) {
        return trust.certificates()
                .map(LocalCertificates::keyManager)
                .map(manager -> new KeyStoreAndKeyCertOptions(empty(), KeyCertOptions.wrap(manager)))
                .orElse(null);
    }

    /** Quarkus wants a key store beside the key manager, and reads it for SNI alone. */
    private static KeyStore empty() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no key store could be made", e);
        }
    }
}
