package dev.rollcall.http.wire;

import dev.rollcall.http.admission.BodyLease;

/**
 * A request with a picture, and the memory reserved for it until it is closed.
 */
public record HeldFaceRequest(FaceRequest request, BodyLease lease) implements AutoCloseable {

    @Override
    public void close() {
        lease.close();
    }
}
