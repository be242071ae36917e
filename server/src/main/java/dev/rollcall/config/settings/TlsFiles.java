package dev.rollcall.config.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The check of the files of TLS_CERTIFICATE and TLS_KEY. */
final class TlsFiles {

    private static final int MOST_BYTES = 1_000_000;
    private static final Pattern ENCRYPTED = Pattern.compile("-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENC");
    private static final Pattern PKCS8 =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** PKCS #1 and SEC 1, which the HTTP server also accepts; only their type is checked here. */
    private static final Pattern OLDER = Pattern.compile("-----BEGIN (RSA|EC) PRIVATE KEY-----");

    private TlsFiles() {}

    /** The first problem of the two files, as a sentence that names the setting. */
    static Optional<String> problem(Path certificateFile, Path keyFile) {
        Certificate certificate;
        try {
            certificate = certificate(certificateFile);
        } catch (IOException e) {
            return Optional.of("TLS_CERTIFICATE: " + certificateFile + " can't be read");
        } catch (CertificateException e) {
            return Optional.of("TLS_CERTIFICATE: " + certificateFile + " is not a certificate in PEM");
        }
        try {
            return keyProblem(text(keyFile), certificate.getPublicKey()).map(reason -> "TLS_KEY: " + keyFile + reason);
        } catch (IOException e) {
            return Optional.of("TLS_KEY: " + keyFile + " can't be read");
        }
    }

    /** The first certificate of a chain, which is the service's own. */
    private static Certificate certificate(Path file) throws IOException, CertificateException {
        String text = text(file);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw new CertificateException("no certificate");
        }
        Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)));
        return chain.stream().findFirst().orElseThrow(() -> new CertificateException("no certificate"));
    }

    /** When the certificate of a file ends; empty if it can't be read. */
    static Optional<Instant> end(Path file) {
        try {
            return certificate(file) instanceof X509Certificate certificate
                    ? Optional.of(certificate.getNotAfter().toInstant())
                    : Optional.empty();
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> keyProblem(String text, PublicKey ofCertificate) {
        if (ENCRYPTED.matcher(text).find()) {
            return Optional.of(" is encrypted: write it without a passphrase");
        }
        Matcher pkcs8 = PKCS8.matcher(text);
        if (!pkcs8.find()) {
            Matcher older = OLDER.matcher(text);
            boolean ofKind = older.find() && older.group(1).equals(ofCertificate.getAlgorithm());
            return ofKind ? Optional.empty() : Optional.of(notAKeyFor(ofCertificate));
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(pkcs8.group(1));
            PrivateKey key = KeyFactory.getInstance(ofCertificate.getAlgorithm())
                    .generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return belongTogether(key, ofCertificate)
                    ? Optional.empty()
                    : Optional.of(" is not the key of the certificate in TLS_CERTIFICATE");
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.of(
                    " is not a private key in PEM of the kind that the certificate in TLS_CERTIFICATE needs ("
                            + ofCertificate.getAlgorithm() + ")");
        }
    }

    private static String notAKeyFor(PublicKey ofCertificate) {
        return " is not a private key in PEM of the kind that the certificate in TLS_CERTIFICATE needs: "
                + ofCertificate.getAlgorithm();
    }

    private static boolean belongTogether(PrivateKey key, PublicKey ofCertificate) throws GeneralSecurityException {
        String algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        byte[] message = {1};
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(key);
        signing.update(message);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(ofCertificate);
        verifying.update(message);
        return verifying.verify(signing.sign());
    }

    private static String text(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.ISO_8859_1);
        }
    }
}
