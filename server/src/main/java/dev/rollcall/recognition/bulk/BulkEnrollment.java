package dev.rollcall.recognition.bulk;

import dev.rollcall.digest.Sha256;
import dev.rollcall.engine.Analysis;
import dev.rollcall.engine.AnalysisRules;
import dev.rollcall.engine.Embedding;
import dev.rollcall.engine.match.Templates;
import dev.rollcall.keys.Caller;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.EnrollmentStore;
import dev.rollcall.people.Person;
import dev.rollcall.people.UserId;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.PendingAnalysis;
import dev.rollcall.recognition.PictureAnalyzer;
import dev.rollcall.recognition.bulk.FileResult.Status;
import dev.rollcall.recognition.bulk.PictureSource.HeldPicture;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The use case of enrolling a person with all pictures of a folder or a list: each picture by {@link EnrollPerson}, with all its
 * checks. Safe for use by several threads, each with another person.
 */
public final class BulkEnrollment implements PersonEnrollment {

    /**
     * Similarity from which a template counts as one of the same picture. Storing rounds a cosine by 1e-5; two
     * photographs of one person stay below.
     */
    static final double SAME_PICTURE = 0.9999;

    private static final long RETRY_MS = 50;

    private final EnrollPerson enrollPerson;
    private final Stores stores;
    private final Examination examination;
    private final Mode mode;
    private final Clock clock;

    public BulkEnrollment(EnrollPerson enrollPerson, Stores stores, Examination examination, Mode mode, Clock clock) {
        this.enrollPerson = enrollPerson;
        this.stores = stores;
        this.examination = examination;
        this.mode = mode;
        this.clock = clock;
    }

    /** The stores that are read and written beside those of {@link EnrollPerson}. */
    public record Stores(EnrollmentStore people, PersonDetails details) {}

    /** How a picture is analysed to find out whether it was enrolled before. */
    public record Examination(PictureAnalyzer analyzer, AnalysisRules rules, String modelId) {}

    /**
     * How to enroll.
     *
     * @param trial whether nothing is written, because {@link EnrollPerson} works on a {@link TrialPeople}
     * @param picturesEach after how many enrolled pictures the further ones of a person are skipped; 0 for never
     */
    public record Mode(boolean trial, int picturesEach) {}

    /** Where pictures come from, and where results go. */
    public record Files(PictureSource pictures, Ledger ledger, StopCheck stopCheck, Caller caller) {}

    /**
     * {@inheritDoc} Pictures that an earlier run has enrolled count; group and external_id are set again, in case that run was killed
     * before it had set them.
     */
    @Override
    public void enroll(PersonToEnroll person, Files files) throws IOException, InterruptedException {
        UserId userId = person.identity().userId();
        List<Embedding> before = stores.people()
                .find(userId, examination.modelId())
                .map(Person::templates)
                .orElse(List.of());
        Set<ByteBuffer> digests = new HashSet<>();
        int enrolled = 0;
        boolean hasDetails = false;
        for (String file : person.files()) {
            if (mode.picturesEach() > 0 && enrolled >= mode.picturesEach()) {
                FileResult skipped = new FileResult(file, userId.value(), Status.SKIPPED, null, null);
                files.ledger().add(skipped, new byte[0]);
                continue;
            }
            if (!files.stopCheck().mayGoOn()) {
                return;
            }
            Optional<FileResult> result = result(person, file, new Known(before, digests), files);
            boolean counts = result.map(FileResult::status)
                    .map(status -> status != Status.REFUSED)
                    .orElse(false);
            if (counts) {
                enrolled++;
            }
            if (counts && !hasDetails) {
                hasDetails = true;
                setDetails(person, file, files);
            }
        }
    }

    /**
     * What is known of a person's pictures.
     *
     * @param before the templates that the person had before
     * @param digests SHA-256 of the pictures that were enrolled by now
     */
    private record Known(List<Embedding> before, Set<ByteBuffer> digests) {}

    /** The result of one file, which is noted, or of an earlier run; empty if there is none, since this run is to stop. */
    private Optional<FileResult> result(PersonToEnroll person, String file, Known known, Files files)
            throws IOException, InterruptedException {
        String userId = person.identity().userId().value();
        try (HeldPicture picture = files.pictures().read(file)) {
            Optional<FileResult> earlier = files.ledger()
                    .earlier(file, userId, picture.bytes())
                    .map(status -> new FileResult(file, userId, status, null, null));
            if (earlier.isPresent()) {
                return earlier;
            }
            Optional<FileResult> result = resultOfNew(person, file, picture.bytes(), known, files);
            if (result.isPresent()) {
                files.ledger().add(result.get(), picture.bytes());
            }
            return result;
        } catch (PictureFileException e) {
            FileResult refused = FileResult.refused(file, userId, e.problem(), e.detail());
            files.ledger().add(refused, new byte[0]);
            return Optional.of(refused);
        }
    }

    private Optional<FileResult> resultOfNew(
            PersonToEnroll person, String file, byte[] picture, Known known, Files files) throws InterruptedException {
        ByteBuffer digest = ByteBuffer.wrap(Sha256.start().digest(picture));
        if (known.digests().contains(digest)) {
            return Optional.of(alreadyEnrolled(person, file));
        }
        Optional<FileResult> result = known.before().isEmpty()
                ? enroll(person, file, picture, files)
                : enrollUnlessAmong(known.before(), person, file, picture, files);
        if (result.isPresent() && result.get().status() != Status.REFUSED) {
            known.digests().add(digest);
        }
        return result;
    }

    private static FileResult alreadyEnrolled(PersonToEnroll person, String file) {
        return new FileResult(file, person.identity().userId().value(), Status.ALREADY_ENROLLED, null, null);
    }

    /**
     * Enrolls one picture, unless one of the templates that the person had before is of it: enrolled by a run that was ended
     * before it could note that.
     */
    private Optional<FileResult> enrollUnlessAmong(
            List<Embedding> before, PersonToEnroll person, String file, byte[] picture, Files files)
            throws InterruptedException {
        Optional<Analysis> analysis = examine(picture, files);
        if (analysis.isEmpty()) {
            return Optional.empty();
        }
        boolean wasEnrolled = analysis.get() instanceof Analysis.Accepted accepted
                && Templates.bestSimilarity(accepted.face().embedding(), before).orElse(-1) >= SAME_PICTURE;
        return wasEnrolled ? Optional.of(alreadyEnrolled(person, file)) : enroll(person, file, picture, files);
    }

    /** The analysis of a picture; waits while too many are being analysed. Empty if this run is to stop. */
    private Optional<Analysis> examine(byte[] picture, Files files) throws InterruptedException {
        while (true) {
            Optional<PendingAnalysis> begun = examination.analyzer().begin(picture, examination.rules());
            if (begun.isPresent()) {
                try (PendingAnalysis pending = begun.get()) {
                    return awaited(pending);
                }
            }
            if (!mayTryAgain(files)) {
                return Optional.empty();
            }
        }
    }

    /** The analysis; a thread that was interrupted while it waited has none. */
    private static Optional<Analysis> awaited(PendingAnalysis pending) throws InterruptedException {
        Optional<Analysis> analysis = pending.await();
        if (analysis.isEmpty() && Thread.interrupted()) {
            throw new InterruptedException("interrupted while a picture was analysed");
        }
        return analysis;
    }

    /** Enrolls one picture; waits and tries again while too many pictures are being analysed. */
    private Optional<FileResult> enroll(PersonToEnroll person, String file, byte[] picture, Files files)
            throws InterruptedException {
        String userId = person.identity().userId().value();
        EnrollPerson.Request request = new EnrollPerson.Request(person.identity(), false);
        while (true) {
            EnrollPerson.Result result = enrollPerson.enroll(request, List.of(picture), files.caller());
            if (!(result instanceof EnrollPerson.Result.Refused refused)) {
                return Optional.of(
                        mode.trial()
                                ? new FileResult(file, userId, Status.ACCEPTED, null, null)
                                : FileResult.enrolled(file, userId));
            }
            Refusal refusal = refused.refusal();
            if (refusal.code() != Code.OVERLOADED) {
                return Optional.of(new FileResult(
                        file, userId, Status.REFUSED, refusal.code().name(), refusal.detail()));
            }
            if (!mayTryAgain(files)) {
                return Optional.empty();
            }
        }
    }

    /** Waits until it makes sense to offer a picture again; false if this run is to stop. */
    private static boolean mayTryAgain(Files files) throws InterruptedException {
        Thread.sleep(RETRY_MS);
        return files.stopCheck().mayGoOn();
    }

    @Override
    public void setDetails(PersonToEnroll person, String file, Files files) throws IOException {
        boolean hasNone = person.group() == null && person.externalId() == null;
        boolean set = mode.trial()
                || hasNone
                || stores.details()
                        .set(
                                person.identity().userId(),
                                person.group(),
                                person.externalId(),
                                clock.instant(),
                                files.caller());
        if (!set) {
            String detail = "The external_id %s is another person's; neither it nor the group was stored."
                    .formatted(person.externalId());
            files.ledger()
                    .add(
                            FileResult.refused(
                                    file, person.identity().userId().value(), FileProblem.EXTERNAL_ID_TAKEN, detail),
                            new byte[0]);
        }
    }
}
