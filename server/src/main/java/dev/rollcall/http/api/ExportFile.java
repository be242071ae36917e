package dev.rollcall.http.api;

import dev.rollcall.audit.ExportLog;
import dev.rollcall.http.access.KeyHolder;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import dev.rollcall.people.UserId;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written while it is sent: as fast as the client takes it, until the client hangs up. If writing fails after its beginning
 * was sent, or the client takes less than {@link PacedStream} asks for, the connection is closed, so that the client doesn't take a part
 * for the whole.
 */
final class ExportFile implements StreamingOutput {

    private static final Logger LOG = Logger.getLogger(ExportFile.class);
    private static final long WAIT_SECONDS = 5;
    private static final Pattern NOT_OF_NAMES = Pattern.compile("[^A-Za-z0-9._-]+");

    /**
     * Workbooks and PDFs take megabytes while they are written: the list of a million rows 4 MB, twice that while it grows; a font 3 MB.
     * So one is written at a time.
     */
    private static final Semaphore LARGE = new Semaphore(1, true);

    private final RoutingContext context;
    private final boolean isLarge;
    private final Content content;

    private ExportFile(RoutingContext context, boolean isLarge, Content content) {
        this.context = context;
        this.isLarge = isLarge;
        this.content = content;
    }

    /** What a file has in it. */
    interface Content {

        /**
         * Writes it.
         *
         * @throws IOException if the client is gone
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * The kind and name of a file.
     *
     * @param name may have any characters
     * @param isLarge whether it is written from megabytes of memory
     */
    record Kind(String mediaType, String name, boolean isLarge) {}

    /**
     * A request for a file.
     *
     * @param log where it is noted that the file is sent
     */
    record Request(RoutingContext context, SecurityContext security, ExportLog log) {

        /**
         * Notes that the file is sent; without what isn't asked for by a parameter.
         *
         * @param userId the person whom the file is about, who is then none of the parameters; null for several people
         */
        private void note(String file, String format, @Nullable UserId userId) {
            Map<String, String> filter = new TreeMap<>();
            context.queryParams().forEach(filter::put);
            filter.remove("format");
            String given = filter.remove("user_id");
            UserId about =
                    userId == null && given != null ? UserId.stored(given).orElse(null) : userId;
            log.sent(
                    new ExportLog.File(file, format, about, filter),
                    KeyHolder.of(security).caller());
        }
    }

    /**
     * What the audit log says about a file.
     *
     * @param file what is in it
     * @param userId the person whom it is about; null for several people, or for one that a parameter names
     */
    record Note(String file, String format, @Nullable UserId userId) {}

    /** The response that sends a file to be saved. It is noted in the audit log first. */
    static Response response(Request request, Note note, Kind kind, Content content) {
        RoutingContext context = request.context();
        boolean isSent = !HttpMethod.HEAD.equals(context.request().method());
        if (isSent) {
            request.note(note.file(), note.format(), note.userId());
        }
        Response.ResponseBuilder response = Response.ok()
                .type(kind.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\""
                                + NOT_OF_NAMES.matcher(kind.name()).replaceAll("_") + "\"");
        return isSent
                ? response.entity(new ExportFile(context, kind.isLarge(), content))
                        .build()
                : response.build();
    }

    /** Makes something that takes megabytes while it is made. */
    static <T> T alone(Supplier<T> making) {
        takePlace();
        try {
            return making.get();
        } finally {
            LARGE.release();
        }
    }

    @Override
    public void write(OutputStream out) throws IOException {
        if (!isLarge) {
            send(out);
            return;
        }
        takePlace();
        try {
            send(out);
        } finally {
            LARGE.release();
        }
    }

    private void send(OutputStream out) throws IOException {
        try {
            content.writeTo(new PacedStream(out, System::nanoTime));
        } catch (IOException e) {
            LOG.debugf("an export ended: %s", e.getMessage());
            breakOff();
        } catch (RuntimeException e) {
            if (!context.response().headWritten()) {
                throw e;
            }
            LOG.error("an export failed", e);
            breakOff();
        }
    }

    private void breakOff() {
        if (!context.response().closed()) {
            context.response().reset();
        }
    }

    private static void takePlace() {
        try {
            if (LARGE.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(
                new Refusal(Code.OVERLOADED, "Another workbook or PDF is being written. Try again in a moment."));
    }
}
