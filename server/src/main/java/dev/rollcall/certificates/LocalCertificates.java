package dev.rollcall.certificates;

import dev.rollcall.digest.Sha256;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.X509KeyManager;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The service's own authority and the certificate that it signed for this machine. The authority is made once and stays, so that a device
 * that trusts it goes on doing so; the certificate is made anew when the names or addresses of the machine have changed, and
 * {@link #RENEWAL} before it ends. Safe for use by several threads.
 */
public final class LocalCertificates {

    /** How long before its end a certificate is replaced: longer than a service or a tablet is usually off. */
    static final Duration RENEWAL = Duration.ofDays(90);

    /** Domains that no public authority signs for: RFC 6761, RFC 6762, RFC 8375, ICANN's "internal", and what routers use. */
    private static final List<String> LOCAL_DOMAINS = List.of("localhost", "local", "home.arpa", "internal", "lan");

    /** The shortest time between two certificates: addresses that a router announces may change every few seconds. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    /** A name that nobody has (RFC 6761) and that an authority with limits doesn't permit. */
    private static final String NOBODY = "rollcall.invalid";

    /** What the removal of the folder means, for the end of a message. */
    private static final String NEW_AUTHORITY = ", after which each device must trust a new authority";

    private static final String FOLDER = "tls";
    private static final int DNS_NAME = 2;
    private static final Logger LOG = Logger.getLogger(LocalCertificates.class);

    private final CertificateFolder folder;
    private final MachineNames machine;
    private final Clock clock;
    private final Credential authority;
    private final RenewableKey server;
    private volatile CertifiedNames names;

    /** When the certificate was renewed last; null before. */
    private @Nullable Instant renewed;

    private boolean isOutOfTime;

    private LocalCertificates(CertificateFolder folder, MachineNames machine, Clock clock) {
        this.folder = folder;
        this.machine = machine;
        this.clock = clock;
        CertifiedNames current = machine.now();
        authority = folder.locked(this::readOrMakeAuthority);
        names = permitted(current);
        server = new RenewableKey(folder.locked(() -> readOrMakeServer(names)));
    }

    /**
     * Reads the files in a data folder, and makes those that are missing or no longer fit.
     *
     * @throws CertificateProblem if a file is not what this class writes, or a name can't be in a certificate of the authority
     * @throws java.io.UncheckedIOException if the folder can't be used
     */
    public static LocalCertificates open(Path dataFolder, MachineNames machine, Clock clock) {
        return new LocalCertificates(new CertificateFolder(dataFolder.resolve(FOLDER)), machine, clock);
    }

    private Credential readOrMakeAuthority() {
        Path file = folder.file(CertificateFolder.AUTHORITY);
        Credential kept = folder.read(CertificateFolder.AUTHORITY).orElseGet(this::makeAuthority);
        if (!kept.signed(kept) || kept.certificate().getBasicConstraints() < 0) {
            throw new CertificateProblem(file + " is not an authority that Rollcall has made");
        }
        if (isPermitted(NOBODY, kept.certificate())) {
            throw new CertificateProblem(
                    "%s may sign for every site of the internet, which no authority of Rollcall's may: remove the folder"
                                    .formatted(file)
                            + NEW_AUTHORITY);
        }
        outOfTime(kept).ifPresent(problem -> {
            throw new CertificateProblem(problem);
        });
        return kept;
    }

    /** Why an authority can't sign at this moment, as a sentence; empty if it can. */
    private Optional<String> outOfTime(Credential kept) {
        Instant now = clock.instant();
        Instant start = kept.certificate().getNotBefore().toInstant();
        Instant end = kept.certificate().getNotAfter().toInstant();
        return now.isBefore(start) || !now.isBefore(end)
                ? Optional.of(
                        "%s is valid from %s to %s, and by the clock of this machine it is %s: set the clock, or, if it is right,"
                                        .formatted(folder.file(CertificateFolder.AUTHORITY), start, end, now)
                                + " remove the folder and start again"
                                + NEW_AUTHORITY)
                : Optional.empty();
    }

    private Credential makeAuthority() {
        if (folder.has(CertificateFolder.SERVER)) {
            throw new CertificateProblem("%s is missing, and %s is of it: put it back from a backup, or remove both"
                            .formatted(folder.file(CertificateFolder.AUTHORITY), folder.file(CertificateFolder.SERVER))
                    + NEW_AUTHORITY);
        }
        Set<String> permitted = new LinkedHashSet<>(LOCAL_DOMAINS);
        machine.nameWithDomain().ifPresent(permitted::add);
        permitted.addAll(machine.givenNames());
        String host = machine.label().orElse("this machine");
        Credential made =
                CertificateMaker.authority(host.substring(0, Math.min(host.length(), 30)), permitted, clock.instant());
        folder.write(CertificateFolder.AUTHORITY, made);
        return made;
    }

    private Credential readOrMakeServer(CertifiedNames wanted) {
        return folder.readIfWhole(CertificateFolder.SERVER)
                .filter(kept -> isUsable(kept, wanted))
                .orElseGet(() -> makeServer(wanted));
    }

    private Credential makeServer(CertifiedNames wanted) {
        Credential made = CertificateMaker.server(authority, wanted, clock.instant());
        folder.write(CertificateFolder.SERVER, made);
        LOG.infof(
                "made a certificate for %s, %s, valid until %s",
                String.join(", ", wanted.names()),
                String.join(", ", wanted.addresses()),
                made.certificate().getNotAfter().toInstant());
        return made;
    }

    private boolean isUsable(Credential kept, CertifiedNames wanted) {
        if (!authority.signed(kept)) {
            throw new CertificateProblem("%s is not a certificate of %s: remove it, and another one is made"
                    .formatted(folder.file(CertificateFolder.SERVER), folder.file(CertificateFolder.AUTHORITY)));
        }
        try {
            Instant now = clock.instant();
            X509Certificate certificate = kept.certificate();
            Instant end = certificate.getNotAfter().toInstant();
            boolean isNearEnd = now.isAfter(end.minus(RENEWAL))
                    && end.isBefore(authority.certificate().getNotAfter().toInstant());
            boolean isValid = !now.isBefore(certificate.getNotBefore().toInstant()) && now.isBefore(end);
            return isValid && !isNearEnd && CertifiedNames.of(certificate).areThoseOf(wanted);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    /** Names that the authority may sign for. A name of the setting must be one, the host name may have changed to another. */
    private CertifiedNames permitted(CertifiedNames wanted) {
        machine.givenNames().stream()
                .filter(name -> !isPermitted(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new CertificateProblem(
                            "TLS_NAMES: the authority in %s was made without the name \"%s\" and can't sign for it: remove the"
                                            .formatted(folder.file(CertificateFolder.AUTHORITY), name)
                                    + " name, or the folder"
                                    + NEW_AUTHORITY);
                });
        return wanted.onlyNames(this::isPermitted);
    }

    private boolean isPermitted(String name) {
        return isPermitted(name, authority.certificate());
    }

    private static boolean isPermitted(String name, X509Certificate authority) {
        try {
            X509CertSelector selector = new X509CertSelector();
            selector.addPathToName(DNS_NAME, name);
            return selector.match(authority);
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Makes the server's certificate anew if it doesn't fit any more, at most once in {@link #PAUSE}; returns whether it did. When the
     * authority can't sign, the log says so once, and nothing is made.
     */
    public synchronized boolean renew() {
        Optional<String> outOfTime = outOfTime(authority);
        if (outOfTime.isPresent() && !isOutOfTime) {
            LOG.errorf("the certificate can't be renewed: %s", outOfTime.get());
        }
        isOutOfTime = outOfTime.isPresent();
        CertifiedNames wanted = permitted(machine.now());
        if (isOutOfTime || isTooSoon() || isUsable(server.current(), wanted)) {
            return false;
        }
        server.renew(folder.locked(() -> makeServer(wanted)));
        names = wanted;
        renewed = clock.instant();
        return true;
    }

    /** Whether the last renewal was within the pause, before or after this moment by a clock that may have been set. */
    private boolean isTooSoon() {
        return renewed != null
                && Duration.between(renewed, clock.instant()).abs().compareTo(PAUSE) < 0;
    }

    /** The names and addresses of the server's certificate, the best for a tablet first. */
    public CertifiedNames names() {
        return names;
    }

    /** When the server's certificate ends. */
    public Instant validUntil() {
        return server.current().certificate().getNotAfter().toInstant();
    }

    /** What a TLS server proves itself with: the certificate of the moment, also after {@link #renew}. */
    public X509KeyManager keyManager() {
        return server;
    }

    /** What devices have to trust. It has no secret. */
    public TrustedAuthority authority() {
        X509Certificate certificate = authority.certificate();
        return new TrustedAuthority(
                authority.certificatePem(),
                Sha256.hex(authority.der()).toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:"),
                commonName(certificate.getSubjectX500Principal().getName()),
                certificate.getNotAfter().toInstant());
    }

    /** The value of a distinguished name that is a common name alone (RFC 2253). */
    private static String commonName(String distinguishedName) {
        return distinguishedName.replaceFirst("^CN=", "").replace("\\,", ",");
    }
}
