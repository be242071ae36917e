package dev.rollcall.http.wire;

import dev.rollcall.http.admission.BodyBudget;
import dev.rollcall.http.admission.BodyLease;
import dev.rollcall.http.admission.RequestLimits;
import dev.rollcall.http.problem.RefusedException;
import dev.rollcall.outcome.Code;
import dev.rollcall.outcome.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** The reader of requests with a picture, within limits of size, time and memory. Safe for use by several threads. */
@ApplicationScoped
public class FaceRequestReader {

    private final RequestLimits limits;
    private final BodyBudget budget;

    @Inject
    FaceRequestReader(RequestLimits limits, BodyBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /**
     * Reads a request.
     *
     * @param fields those that the call has
     * @return the request, which holds memory until it is closed
     * @throws RefusedException if it is not valid, too large or too slow, or if there is no memory for it
     */
    public HeldFaceRequest read(HttpHeaders headers, InputStream in, FaceFields fields) {
        return read(headers, in, fields, limits);
    }

    /**
     * Reads a request without other fields than its picture, as {@link #read(HttpHeaders, InputStream, FaceFields)} does.
     *
     * @param maxImageBytes largest picture in bytes; the smaller one of this and the limit of all pictures counts
     */
    public HeldFaceRequest read(HttpHeaders headers, InputStream in, int maxImageBytes) {
        return read(headers, in, FaceFields.NONE, limits.withImagesUpTo(maxImageBytes));
    }

    private HeldFaceRequest read(HttpHeaders headers, InputStream in, FaceFields fields, RequestLimits limits) {
        long length = headers.getLength();
        String contentType = contentType(headers);
        if (length > limits.maxBodyBytes()) {
            throw RefusedException.tooLarge(limits.maxBodyBytes());
        }
        long maxPictureBytes = isForm(contentType) || length < 0 ? length : Base64Sink.maxBytes(length);
        BodyLease lease = lease(maxPictureBytes, length);
        boolean isRead = false;
        try {
            PictureSink picture = new PictureSink(limits.maxImageBytes(), maxPictureBytes, budget.copying());
            FaceRequest request = parse(new BodyInput(in, limits.maxBodyBytes(), lease), contentType, picture)
                    .of(fields);
            lease.read(request.pictureBytes());
            isRead = true;
            return new HeldFaceRequest(request, lease);
        } catch (IOException e) {
            throw RefusedException.invalid("The request ended before it was complete.");
        } finally {
            if (!isRead) {
                lease.close();
            }
        }
    }

    private BodyLease lease(long maxPictureBytes, long length) {
        try {
            return budget.reserve(maxPictureBytes, length)
                    .orElseThrow(() -> overloaded("Too many pictures are being received. Try again in a moment."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw overloaded("The service is stopping.");
        }
    }

    private static RefusedException overloaded(String detail) {
        return new RefusedException(new Refusal(Code.OVERLOADED, detail));
    }

    private static FaceRequest parse(InputStream body, String contentType, PictureSink picture) throws IOException {
        return isForm(contentType) ? FormFields.read(body, contentType, picture) : JsonFields.read(body, picture);
    }

    private static boolean isForm(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private static String contentType(HttpHeaders headers) {
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return contentType == null ? "" : contentType;
    }
}
