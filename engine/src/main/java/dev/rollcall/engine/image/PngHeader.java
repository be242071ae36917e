package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/** Reads the header of a PNG file (ISO/IEC 15948): its first chunk, and the EXIF chunk if there is one. */
final class PngHeader {

    private static final int SIGNATURE_BYTES = 8;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int IHDR = 0x49484452;
    private static final int EXIF = 0x65584966;

    private PngHeader() {}

    /**
     * Reads the header.
     *
     * @throws IOException if it is no whole header
     */
    static Header read(byte[] file) throws IOException {
        try {
            ByteBuffer in = ByteBuffer.wrap(file, SIGNATURE_BYTES, file.length - SIGNATURE_BYTES);
            in.getInt();
            if (in.getInt() != IHDR) {
                throw new IOException("no IHDR");
            }
            int width = in.getInt();
            int height = in.getInt();
            in.position(in.position() + 5 + CHECKSUM_BYTES);
            return new Header(width, height, Coding.PNG, orientation(file, in));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("header cut off", e);
        }
    }

    private static ExifOrientation orientation(byte[] file, ByteBuffer in) {
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int length = in.getInt();
            int name = in.getInt();
            if (length < 0 || length > in.remaining() - CHECKSUM_BYTES) {
                break;
            }
            if (name == EXIF) {
                return ExifOrientation.ofBlock(file, in.position(), in.position() + length);
            }
            in.position(in.position() + length + CHECKSUM_BYTES);
        }
        return ExifOrientation.UPRIGHT;
    }
}
