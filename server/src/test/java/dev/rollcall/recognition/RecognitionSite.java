package dev.rollcall.recognition;

import dev.rollcall.attendance.AttendancePolicies;
import dev.rollcall.attendance.MarkDetails;
import dev.rollcall.attendance.SitePolicies;
import dev.rollcall.audit.RefusalLog;
import dev.rollcall.badges.Badge;
import dev.rollcall.badges.Badges;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.match.Calibration;
import dev.rollcall.engine.match.ImpostorTail;
import dev.rollcall.engine.match.TemplateIndex;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import dev.rollcall.pins.PinStore;
import dev.rollcall.pins.Pins;
import dev.rollcall.recognition.KeptAnswer.Attempt;
import dev.rollcall.recognition.RecognizePerson.Request;
import dev.rollcall.recognition.RecognizePerson.Result;
import dev.rollcall.recognition.gallery.Gallery;
import dev.rollcall.sites.Site;
import dev.rollcall.sites.SiteRules;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.sites.SitesInMemory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Recognition with everything around it in memory, and one person enrolled. Safe for use by several threads. */
final class RecognitionSite implements AutoCloseable {

    static final UserId MANUEL = new UserId("manuel");
    static final String SITE = "gate-2";
    static final Caller CALLER = new Caller("kiosk", "request-1", "192.0.2.1");
    static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
    static final String MODEL = "face-embedder@test";
    static final Calibration CALIBRATION = new Calibration(11, 0.32);
    static final double THRESHOLD = 0.8;
    static final ImpostorTail TAIL = new ImpostorTail(-0.04, 0.12);
    static final double TARGET_FPIR = 0.01;

    /** How many attempts may be made. */
    static final int ATTEMPTS = 100;

    final RecognitionStores stores = new RecognitionStores();
    final SitesInMemory sites = new SitesInMemory();
    private final SitesInForce sitesInForce = new SitesInForce(sites, SitesInMemory.SETTINGS);
    private final AttendancePolicies rules = new SitePolicies(sitesInForce, Duration.ofDays(3));
    private final SiteAnalysis pictures = new SiteAnalysis(AnalysisRules.recognition(), sitesInForce);
    final MadeUpAnalyses analyses = new MadeUpAnalyses();
    final EnrolledFaces people = new EnrolledFaces().with(MANUEL, MODEL, MadeUpFaces.direction(0));
    final byte[] portrait = face(1);
    final byte[] stranger = face(0);

    /** The badges of the people of a test. */
    final BadgesInMemory badges = new BadgesInMemory();

    /** The token that counts, for the person's face, once. */
    final AtomicReference<@Nullable String> token = new AtomicReference<>();

    private final ChallengeTokens challenges = (used, where, attempt, faces) ->
            used.token().equals(token.getAndUpdate(now -> used.token().equals(now) ? null : now))
                    ? Optional.empty()
                    : Optional.of(new Refusal(Code.CHALLENGE_EXPIRED, "Over."));
    private final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    private final AtomicInteger left = new AtomicInteger(ATTEMPTS);
    private final Gallery gallery = new Gallery(people, MODEL, new TemplateIndex());
    private volatile double threshold = THRESHOLD;
    private volatile @Nullable ImpostorTail tailOfSite;
    private RecognizePerson recognizePerson = recognizePerson(true);
    private final IdentifyPerson identifyPerson = identifyPerson();

    /** A picture of a face of such a similarity to the person's. */
    byte[] face(double similarity) {
        return analyses.picture("" + similarity, MadeUpFaces.accepted(MadeUpFaces.similar(0, similarity, 1)));
    }

    void threshold(double confidence) {
        threshold = confidence;
    }

    /** Estimates the tail by the site's own gallery. */
    void tailOfSite(ImpostorTail tail) {
        tailOfSite = tail;
    }

    /** Asks nobody but the claimed person. */
    void withoutRivalRule() {
        recognizePerson = recognizePerson(false);
    }

    /** Reads the people into the gallery; before the first call it is not ready. */
    void loadGallery() {
        gallery.load();
    }

    /** Sets the rules of the site. */
    void rules(SiteRules rules) {
        sites.put(new Site(SITE, "Gate", true, rules, NOW, NOW));
        sitesInForce.refresh();
    }

    /** Deactivates the site. */
    void deactivate() {
        sites.put(new Site(SITE, "Gate", false, SiteRules.OF_THE_SETTINGS, NOW, NOW));
        sitesInForce.refresh();
    }

    /** How many attempts may still be made. */
    int left() {
        return left.get();
    }

    void left(int attempts) {
        left.set(attempts);
    }

    Result recognize(byte[] picture, @Nullable Attempt attempt) {
        return recognize(MANUEL, picture, attempt);
    }

    Result recognize(UserId userId, byte[] picture, @Nullable Attempt attempt) {
        return recognize(userId, List.of(picture), attempt);
    }

    Result recognize(UserId userId, List<byte[]> images, @Nullable Attempt attempt) {
        return recognize(new Request(userId, SITE, MarkDetails.NONE, Optional.ofNullable(attempt)), images);
    }

    Result recognize(Request request, List<byte[]> images) {
        return recognizePerson.recognize(request, images, CALLER);
    }

    IdentifyPerson.Result identify(IdentifyPerson.Request request, byte[]... images) {
        return identifyPerson.identify(request, List.of(images), CALLER);
    }

    /** The text of the badge of a person, who gets one. */
    Badge badge(UserId userId) {
        return new Badges(badges, clock)
                .issue(List.of(userId), false, CALLER)
                .get(0)
                .badge();
    }

    /** Marks by PIN at the site. */
    MarkByPin markByPin(PinStore pins) {
        return new MarkByPin(
                new MarkByPin.Stores(new Pins(pins, clock), stores, stores, new RefusalLog(stores.audit(), clock)),
                pictures,
                rules,
                clock);
    }

    Result unreadableBadge() {
        return recognizePerson.refuseUnreadableBadge(CALLER);
    }

    static Refusal refusal(Result result) {
        return ((Result.Refused) result).refusal();
    }

    static Code code(Result result) {
        return refusal(result).code();
    }

    private RecognizePerson recognizePerson(boolean rivalRule) {
        return new RecognizePerson(
                analyses,
                storesOfRecognition(),
                new Recognizer(MODEL, CALIBRATION),
                new RecognizePerson.Policy(pictures, site -> threshold, rivalRule, rules),
                clock);
    }

    private IdentifyPerson identifyPerson() {
        return new IdentifyPerson(
                analyses,
                storesOfRecognition(),
                new Recognizer(MODEL, CALIBRATION),
                new IdentifyPerson.Policy(
                        pictures,
                        new IdentificationThreshold(
                                new IdentificationThreshold.Tails(TAIL, where -> Optional.ofNullable(tailOfSite)),
                                TARGET_FPIR,
                                site -> threshold,
                                CALIBRATION),
                        rules),
                clock);
    }

    private RecognizePerson.Stores storesOfRecognition() {
        return new RecognizePerson.Stores(
                people,
                gallery,
                stores,
                stores,
                new RefusalLog(stores.audit(), clock),
                new Attempts(),
                challenges,
                new Badges(badges, clock));
    }

    @Override
    public void close() {
        gallery.close();
    }

    /** As many attempts as are left. */
    private final class Attempts implements AttemptLimit {

        @Override
        public Optional<Refusal> count(UserId userId, Caller caller) {
            return left.getAndUpdate(now -> Math.max(0, now - 1)) > 0
                    ? Optional.empty()
                    : Optional.of(new Refusal(Code.RATE_LIMITED, "Too many.", Map.of()));
        }

        @Override
        public Optional<Refusal> countUnreadableBadge(Caller caller) {
            return count(MANUEL, caller);
        }

        @Override
        public void refund(UserId userId) {
            left.incrementAndGet();
        }
    }
}
