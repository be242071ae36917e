package dev.rollcall.certificates;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The maker of certificates, by Bouncy Castle with the JDK's own cryptography. Nothing else uses that library, so that it is loaded only
 * when a certificate is made. Source of the fields: RFC 5280, and Apple's "Requirements for trusted certificates in iOS 13 and
 * macOS 10.15", which other browsers follow.
 */
final class CertificateMaker {

    /** How long the authority is valid; each device must trust the next one again. */
    static final Duration AUTHORITY_LIFETIME = Duration.ofDays(20 * 365);

    /** Below the 397 days that browsers accept of public authorities, with the day before the start. */
    static final Duration SERVER_LIFETIME = Duration.ofDays(390);

    /** Certificates are valid from a day before, for tablets whose clock is behind. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofDays(1);

    private static final int SERIAL_BITS = 127;
    private static final SecureRandom RANDOM = new SecureRandom();

    private CertificateMaker() {}

    /**
     * Makes an authority that may sign certificates for names below some domains, for addresses, and for nothing else.
     *
     * @param permitted the domains; each permits itself and all names below
     */
    static Credential authority(String host, Collection<String> permitted, Instant now) {
        try {
            KeyPair keys = keys();
            String name = "Rollcall at %s, %s, %06x"
                    .formatted(host, now.atOffset(ZoneOffset.UTC).toLocalDate(), RANDOM.nextInt(1 << 24));
            X500Name subject = subject(name);
            X509v3CertificateBuilder builder = builder(subject, subject, keys, now, now.plus(AUTHORITY_LIFETIME));
            GeneralSubtree[] subtrees = permitted.stream()
                    .map(domain -> new GeneralSubtree(new GeneralName(GeneralName.dNSName, domain)))
                    .toArray(GeneralSubtree[]::new);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.nameConstraints, true, new NameConstraints(subtrees, null));
            return new Credential(keys.getPrivate(), signed(builder, keys));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no authority could be made", e);
        }
    }

    /** Makes a certificate of a server. It ends with the authority at the latest. */
    static Credential server(Credential authority, CertifiedNames names, Instant now) {
        try {
            KeyPair keys = keys();
            Instant end = now.plus(SERVER_LIFETIME);
            Instant last = authority.certificate().getNotAfter().toInstant();
            X509v3CertificateBuilder builder = builder(
                    X500Name.getInstance(
                            authority.certificate().getSubjectX500Principal().getEncoded()),
                    subject("Rollcall"),
                    keys,
                    now,
                    end.isBefore(last) ? end : last);
            GeneralName[] alternatives = Stream.concat(
                            names.names().stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                            names.addresses().stream().map(address -> new GeneralName(GeneralName.iPAddress, address)))
                    .toArray(GeneralName[]::new);
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority.certificate()));
            return new Credential(
                    keys.getPrivate(),
                    signed(builder, new KeyPair(authority.certificate().getPublicKey(), authority.key())));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(Credential.KEY_ALGORITHM);
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static X500Name subject(String commonName) {
        return new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, commonName)
                .build();
    }

    private static X509v3CertificateBuilder builder(
            X500Name issuer, X500Name subject, KeyPair keys, Instant now, Instant end)
            throws GeneralSecurityException, IOException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                issuer,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(SERIAL_BITS - 1),
                Date.from(now.minus(CLOCK_TOLERANCE)),
                Date.from(end),
                subject,
                keys.getPublic());
        return builder.addExtension(
                Extension.subjectKeyIdentifier,
                false,
                new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, KeyPair signer)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(
                        builder.build(new JcaContentSignerBuilder(Credential.SIGNATURE).build(signer.getPrivate())));
    }
}
