package dev.rollcall.http.api;

import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * A file that is written while it is sent: as fast as the client takes it, until the client hangs up. If writing fails after its beginning
 * was sent, the connection is closed, so that the client doesn't take a part for the whole.
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

    /** The response that sends a file to be saved. */
    static Response response(RoutingContext context, Kind kind, Content content) {
        Response.ResponseBuilder response = Response.ok()
                .type(kind.mediaType())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\""
                                + NOT_OF_NAMES.matcher(kind.name()).replaceAll("_") + "\"");
        return HttpMethod.HEAD.equals(context.request().method())
                ? response.build()
                : response.entity(new ExportFile(context, kind.isLarge(), content))
                        .build();
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
            content.writeTo(out);
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
