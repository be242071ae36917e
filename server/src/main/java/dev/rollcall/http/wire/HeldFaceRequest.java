package dev.rollcall.http.wire;

import dev.rollcall.http.admission.BodyLease;

/**
 * A request that carries a picture, with the memory that it takes until it is closed.
 *
 * @param lease what its memory was taken from
 */
public record HeldFaceRequest(FaceRequest request, BodyLease lease) implements AutoCloseable {

    @Override
    public void close() {
        lease.close();
    }
}
