package dev.rollcall.api;

import dev.rollcall.usecase.Code;
import dev.rollcall.usecase.Refusal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** Reads requests that carry a picture, within the limits, and hands them to their handler. */
@ApplicationScoped
class FaceRequestReader {

    private final RequestLimits limits;
    private final BodyBudget budget;

    @Inject
    FaceRequestReader(RequestLimits limits, BodyBudget budget) {
        this.limits = limits;
        this.budget = budget;
    }

    /** What is done with a request once it is read. */
    interface Handler {
        Object handle(FaceRequest request) throws InvalidRequestException;
    }

    /** The handler's answer, or the {@link Refusal} of a request that can't be read. */
    Object read(HttpHeaders headers, InputStream in, Handler handler) {
        long length = headers.getLength();
        String contentType = contentType(headers);
        if (length > limits.maxBodyBytes()) {
            return FaceRequest.tooLarge(limits.maxBodyBytes()).refusal();
        }
        long mostPicture = isForm(contentType) || length < 0 ? length : Base64Sink.mostBytes(length);
        try (BodyLease lease = budget.take(mostPicture, length).orElse(null)) {
            if (lease == null) {
                return new Refusal(Code.OVERLOADED, "Too many pictures are on their way. Try again in a moment.");
            }
            PictureSink picture = new PictureSink(limits.maxImageBytes(), mostPicture, budget.copying());
            FaceRequest request = parse(new BodyInput(in, limits.maxBodyBytes(), lease), contentType, picture);
            lease.read(request.pictureBytes());
            return handler.handle(request);
        } catch (InvalidRequestException e) {
            return e.refusal();
        } catch (IOException e) {
            return new Refusal(Code.INVALID_REQUEST, "The request ended before it was complete.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Refusal(Code.OVERLOADED, "The service is stopping.");
        }
    }

    private static FaceRequest parse(InputStream body, String contentType, PictureSink picture)
            throws IOException, InvalidRequestException {
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
