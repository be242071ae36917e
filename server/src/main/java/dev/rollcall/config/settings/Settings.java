package dev.rollcall.config.settings;

import dev.rollcall.engine.AnalysisRules.QualityLevel;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.people.PeopleStore.KeptMarks;
import dev.rollcall.sites.LivenessMode;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The settings, each from the environment variable or {@code .env} entry of the same name in capitals with underscores:
 * {@code maxImageMb} is {@code MAX_IMAGE_MB}. {@link SettingsReader} reads them; the default is used where the text is
 * missing or empty.
 */
public interface Settings {

    /** The address that the service listens on. */
    @WithDefault("0.0.0.0")
    String host();

    /** The port that the service listens on; 0 for any free one. */
    @WithDefault("8000")
    @Between(least = 0, most = 65_535)
    int port();

    /** The key that callers send as X-API-Key. Without it the first start creates a random one. */
    Optional<String> apiKey();

    /** A PostgreSQL to use instead of the embedded one: {@code postgresql://user:password@host:port/database}. */
    Optional<String> databaseUrl();

    /** Most connections of this instance to the PostgreSQL of DATABASE_URL. */
    @WithDefault("8")
    @Between(least = 2, most = 50)
    int databasePoolSize();

    /** A Supabase project to use over REST, unless DATABASE_URL is set: {@code https://PROJECT.supabase.co}. */
    Optional<String> supabaseUrl();

    /** The secret key, or the older service_role key, of the project of SUPABASE_URL. */
    Optional<String> supabaseKey();

    /** The folder of the embedded database and of unpacked libraries. */
    @WithDefault("./data")
    Path dataDir();

    /** The folder of the files that {@code rollcall backup} writes; by default {@code backups} in DATA_DIR. */
    Optional<Path> backupDir();

    /** Least confidence of a match; or {@code auto}, which chooses it for each site so that it keeps TARGET_FALSE_MATCH_RATE. */
    @WithDefault("0.80")
    @Between(least = 0.01, most = 0.9999)
    ConfidenceThreshold confidenceThreshold();

    /** The share of attempts with another person's face that may match. */
    @WithDefault("0.0001")
    @Between(least = 0.000001, most = 0.1)
    double targetFalseMatchRate();

    /** Whether a person is refused to whom another enrolled person is at least as similar. */
    @WithDefault("true")
    boolean rivalRule();

    /** How often a person who is not enrolled may be identified as somebody. */
    @WithDefault("0.01")
    @Between(least = 0.000001, most = 0.5)
    double targetFpir();

    /** Most marks of one person on one work date. */
    @WithDefault("2")
    @Between(least = 1, most = 100_000)
    int maxAttendancePerDay();

    /** Least seconds between two marks of one person. */
    @WithDefault("60")
    @Between(least = 0, most = 31_536_000)
    int minSecondsBetweenMarks();

    /** The time zone, such as {@code Europe/Berlin}; it decides the work date. */
    @WithDefault("UTC")
    ZoneId timeZone();

    /** The local time at which a work date begins, such as {@code 05:00} for night work. */
    @WithDefault("00:00")
    LocalTime dayStartsAt();

    /** Hours after which a mark that a device made without a connection is no longer accepted; 0 for no such marks. */
    @WithDefault("72")
    @Between(least = 0, most = 8_760)
    int lateMarkHours();

    /** How many seconds a device can take back a mark that it has made; 0 for never. */
    @WithDefault("10")
    @Between(least = 0, most = 3600)
    int undoSeconds();

    /** Whether a correction of a mark waits until an administrator with another API key approves it. */
    @WithDefault("false")
    boolean requireApproval();

    /** What the liveness score decides: {@code off}, {@code monitor} or {@code enforce}; {@code challenge} asks for a head-turn challenge. */
    @WithDefault("monitor")
    LivenessMode livenessMode();

    /** Liveness score from which a face counts as live. */
    @WithDefault("0.3")
    @Between(least = 0, most = 1)
    double livenessThreshold();

    /** Most templates of one person. Beyond it, of the two most similar ones the older is removed, unless it is clearly better. */
    @WithDefault("5")
    @Between(least = 1, most = 100)
    int maxTemplatesPerPerson();

    /** Most megabytes of the picture files of one request together. */
    @WithDefault("8")
    @Between(least = 1, most = 64)
    int maxImageMb();

    /** Largest zip file of an import in megabytes, and most megabytes of the files in it; 0 for no imports. */
    @WithDefault("200")
    @Between(least = 0, most = 500)
    int importMaxMb();

    /** Largest picture in megapixels. */
    @WithDefault("25")
    @Between(least = 1, most = 200)
    int maxImageMegapixels();

    /** Smallest height of a face in pixels. */
    @WithDefault("40")
    @Between(least = 0, most = 10_000)
    int minFacePixels();

    /** Level of the quality checks for enrollment: {@code off}, {@code standard} or {@code strict}. */
    @WithDefault("strict")
    QualityLevel qualityEnroll();

    /** Level of the quality checks for recognition: {@code off}, {@code standard} or {@code strict}. */
    @WithDefault("standard")
    QualityLevel qualityRecognize();

    /** A folder with models that replace the built-in ones, and their manifest. */
    Optional<Path> modelDir();

    /**
     * What computes the models: {@code native} is ONNX Runtime's native library, {@code java} Java alone, and {@code auto} the
     * native library or, if it can't be loaded, Java.
     */
    @WithDefault("auto")
    RuntimeOptions.Choice engineRuntime();

    /** Analyses at once; by default as many as there are processors. */
    @Between(least = 1, most = 256)
    OptionalInt engineThreads();

    /** Most requests with one API key in a minute, hints not counted; 0 for no limit. */
    @WithDefault("1200")
    @Between(least = 0, most = 10_000_000)
    int rateLimitPerMinute();

    /** Most requests for hints with one API key in a minute: 5 a second; 0 for no limit. */
    @WithDefault("300")
    @Between(least = 0, most = 10_000_000)
    int hintRateLimitPerMinute();

    /** Most attempts at one person in a minute that don't match or fail the liveness check; 0 for no limit. */
    @WithDefault("10")
    @Between(least = 0, most = 10_000_000)
    int personRateLimitPerMinute();

    /** Most requests without a valid key from one address in a minute; 0 for no limit. */
    @WithDefault("60")
    @Between(least = 0, most = 10_000_000)
    int addressRateLimitPerMinute();

    /** Proxies whose X-Forwarded-For is trusted: addresses and networks, separated by commas. */
    Optional<List<String>> trustedProxies();

    /** Sites whose pages may call the service from a browser, such as {@code https://kiosk.example.com}, separated by commas. */
    Optional<List<String>> corsOrigins();

    /** Whether /openapi.json and /docs describe the HTTP interface to everybody. */
    @WithDefault("true")
    boolean apiDocs();

    /** A certificate with its chain, PEM. With it and TLS_KEY the service accepts HTTPS only. */
    Optional<Path> tlsCertificate();

    /** The private key of TLS_CERTIFICATE, PEM (PKCS #8), not encrypted. */
    Optional<Path> tlsKey();

    /** {@code local} for HTTPS by a certificate authority of the service's own; {@code off} without. */
    @WithDefault("off")
    Tls tls();

    /** The port of HTTPS with TLS=local; 0 for any free one. */
    @WithDefault("8443")
    @Between(least = 0, most = 65_535)
    int tlsPort();

    /** Further names and addresses of this machine for the certificate of TLS=local, separated by commas. */
    Optional<List<String>> tlsNames();

    /** Whether enrollment needs consent_at. */
    @WithDefault("false")
    boolean requireConsent();

    /** What happens to an erased person's marks: {@code keep} or {@code pseudonymise}. */
    @WithDefault("keep")
    KeptMarks attendanceOnErasure();

    /** Days for which marks are kept; 0 for ever. */
    @WithDefault("0")
    @Between(least = 0, most = 36_500)
    int attendanceRetentionDays();

    /** Days for which entries of the audit log are kept; 0 for ever. */
    @WithDefault("0")
    @Between(least = 0, most = 36_500)
    int auditRetentionDays();

    /** Where webhooks may lead: {@code public} is to public addresses over HTTPS, {@code private} also to private ones and over HTTP. */
    @WithDefault("public")
    Targets webhookTargets();

    /** Days for which events, and what became of them at webhooks, are kept. */
    @WithDefault("30")
    @Between(least = 4, most = 366)
    int webhookRetentionDays();

    /** The encryption key of templates: 32 bytes in base64. Without it they are stored unencrypted. */
    Optional<String> templateKey();

    /** The key that TEMPLATE_KEY replaces, needed until {@code rollcall reencrypt} is done. */
    Optional<String> oldTemplateKey();

    /** The lowest level that is logged. */
    @WithDefault("INFO")
    LogLevel logLevel();

    /** The format of the log: {@code text}, or {@code json}, an object on each line. */
    @WithDefault("text")
    LogFormat logFormat();

    /** Who makes the certificate of HTTPS. */
    enum Tls {
        /** Whoever sets TLS_CERTIFICATE or runs a proxy. */
        OFF,
        /** The service itself. */
        LOCAL
    }

    /** Where webhooks may lead. */
    enum Targets {
        PUBLIC,
        PRIVATE
    }

    /** The log levels. */
    enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** The log formats. */
    enum LogFormat {
        TEXT,
        JSON
    }
}
