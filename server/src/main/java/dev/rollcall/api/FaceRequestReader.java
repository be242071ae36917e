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
        int taken = 0;
        try {
            taken = budget.take(length);
            if (taken == 0) {
                return new Refusal(Code.OVERLOADED, "Too many pictures are on their way. Try again in a moment.");
            }
            FaceRequest request = parse(Body.read(in, length, limits.maxBodyBytes()), contentType(headers));
            if (request.pictureBytes() > limits.maxImageBytes()) {
                throw FaceRequest.tooLarge(limits.maxImageBytes());
            }
            return handler.handle(request);
        } catch (InvalidRequestException e) {
            return e.refusal();
        } catch (IOException e) {
            return new Refusal(Code.INVALID_REQUEST, "The request ended before it was complete.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Refusal(Code.OVERLOADED, "The service is stopping.");
        } finally {
            budget.giveBack(taken);
        }
    }

    private static FaceRequest parse(byte[] body, String contentType) throws InvalidRequestException {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/form-data")
                ? FormFields.read(body, contentType)
                : JsonFields.read(body);
    }

    private static String contentType(HttpHeaders headers) {
        String contentType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        return contentType == null ? "" : contentType;
    }
}
