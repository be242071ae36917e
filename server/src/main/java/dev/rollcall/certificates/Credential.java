package dev.rollcall.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A certificate with its private key, an elliptic-curve key. */
record Credential(PrivateKey key, X509Certificate certificate) {

    static final String KEY_ALGORITHM = "EC";
    static final String SIGNATURE = "SHA256withECDSA";

    private static final String KEY = "PRIVATE KEY";
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    /** Both in PEM, the key first. */
    String pem() {
        return pem(KEY, key.getEncoded()) + certificatePem();
    }

    /** The certificate alone in PEM. */
    String certificatePem() {
        return pem(CERTIFICATE, der());
    }

    /** The certificate in DER. */
    byte[] der() {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(kind, LINES.encodeToString(content));
    }

    /**
     * Reads both from PEM.
     *
     * @throws GeneralSecurityException if one is missing or broken, or if they don't belong together
     */
    static Credential parse(String pem) throws GeneralSecurityException {
        PrivateKey key =
                KeyFactory.getInstance(KEY_ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(section(KEY, pem)));
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(section(CERTIFICATE, pem)));
        Credential read = new Credential(key, certificate);
        if (!read.belongTogether()) {
            throw new GeneralSecurityException("the key is not the certificate's");
        }
        return read;
    }

    private static byte[] section(String kind, String pem) throws GeneralSecurityException {
        Matcher found = Pattern.compile("-----BEGIN " + kind + "-----([A-Za-z0-9+/=\\s]+)-----END " + kind + "-----")
                .matcher(pem);
        if (!found.find()) {
            throw new GeneralSecurityException("there is no " + kind);
        }
        try {
            return Base64.getMimeDecoder().decode(found.group(1));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the " + kind + " is no base64", e);
        }
    }

    private boolean belongTogether() throws GeneralSecurityException {
        byte[] message = "rollcall".getBytes(StandardCharsets.US_ASCII);
        Signature signing = Signature.getInstance(SIGNATURE);
        signing.initSign(key);
        signing.update(message);
        Signature verifying = Signature.getInstance(SIGNATURE);
        verifying.initVerify(certificate.getPublicKey());
        verifying.update(message);
        return verifying.verify(signing.sign());
    }

    /** Whether the key of this one signed the certificate of another. */
    boolean signed(Credential other) {
        try {
            other.certificate.verify(certificate.getPublicKey());
            return other.certificate.getIssuerX500Principal().equals(certificate.getSubjectX500Principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "Credential[" + certificate.getSubjectX500Principal() + "]";
    }
}
