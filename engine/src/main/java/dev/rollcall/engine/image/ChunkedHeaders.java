package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads the headers of the formats that consist of named chunks: PNG (ISO/IEC 15948) and WebP (RFC 9649). */
final class ChunkedHeaders {

    private static final int PNG_SIGNATURE_BYTES = 8;
    private static final int CHECKSUM_BYTES = 4;
    private static final int IHDR = 0x49484452;
    private static final int PNG_EXIF = 0x65584966;

    private static final int RIFF_HEADER_BYTES = 12;
    private static final int LOSSY = fourCc('V', 'P', '8', ' ');
    private static final int LOSSLESS = fourCc('V', 'P', '8', 'L');
    private static final int EXTENDED = fourCc('V', 'P', '8', 'X');
    private static final int ANIMATION = fourCc('A', 'N', 'I', 'M');
    private static final int ANIMATION_FRAME = fourCc('A', 'N', 'M', 'F');
    private static final int WEBP_EXIF = fourCc('E', 'X', 'I', 'F');
    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int TWENTY_FOUR_BITS = 0xFFFFFF;

    private ChunkedHeaders() {}

    /**
     * Reads the header of a PNG file.
     *
     * @throws IOException if it is no whole header
     */
    static Header png(byte[] file) throws IOException {
        try {
            ByteBuffer in = ByteBuffer.wrap(file, PNG_SIGNATURE_BYTES, file.length - PNG_SIGNATURE_BYTES);
            in.getInt();
            if (in.getInt() != IHDR) {
                throw new IOException("no IHDR");
            }
            int width = in.getInt();
            int height = in.getInt();
            in.position(in.position() + 5 + CHECKSUM_BYTES);
            return new Header(width, height, Coding.PNG, pngOrientation(file, in));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new IOException("header cut off", e);
        }
    }

    private static ExifOrientation pngOrientation(byte[] file, ByteBuffer in) {
        while (in.remaining() >= 8) {
            int length = in.getInt();
            int name = in.getInt();
            if (length < 0 || length > in.remaining() - CHECKSUM_BYTES) {
                break;
            }
            if (name == PNG_EXIF) {
                return ExifOrientation.ofTiff(file, in.position(), in.position() + length);
            }
            in.position(in.position() + length + CHECKSUM_BYTES);
        }
        return ExifOrientation.UPRIGHT;
    }

    /**
     * Reads the header of a WebP file. The canvas and the picture on it each state a size; the larger counts.
     *
     * @throws UnsupportedPictureException if the file is animated
     * @throws IOException if it is no whole header
     */
    static Header webp(byte[] file) throws IOException {
        int width = 0;
        int height = 0;
        ExifOrientation orientation = ExifOrientation.UPRIGHT;
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(RIFF_HEADER_BYTES);
        while (in.remaining() >= 8) {
            int name = in.getInt();
            int length = in.getInt();
            int body = in.position();
            if (name == ANIMATION || name == ANIMATION_FRAME) {
                throw new UnsupportedPictureException("animated WebP");
            }
            if (length < 0 || length > in.remaining()) {
                throw new IOException("chunk beyond the end");
            }
            if (name == LOSSY || name == LOSSLESS || name == EXTENDED) {
                long size = webpSize(in, name);
                width = Math.max(width, (int) (size >>> Integer.SIZE));
                height = Math.max(height, (int) size);
            } else if (name == WEBP_EXIF) {
                orientation = ExifOrientation.ofTiff(file, body, body + length);
            }
            in.position((int) Math.min(in.limit(), body + (long) length + length % 2));
        }
        if (width == 0 || height == 0) {
            throw new IOException("no picture");
        }
        return new Header(width, height, Coding.WEBP, orientation);
    }

    /** The size that a chunk states, the width in the upper half. */
    private static long webpSize(ByteBuffer in, int name) throws IOException {
        try {
            int body = in.position();
            int width;
            int height;
            if (name == LOSSY) {
                width = in.getShort(body + 6) & FOURTEEN_BITS;
                height = in.getShort(body + 8) & FOURTEEN_BITS;
            } else if (name == LOSSLESS) {
                int sizes = in.getInt(body + 1);
                width = (sizes & FOURTEEN_BITS) + 1;
                height = (sizes >>> 14 & FOURTEEN_BITS) + 1;
            } else {
                width = (in.getInt(body + 4) & TWENTY_FOUR_BITS) + 1;
                height = (in.getInt(body + 6) >>> 8) + 1;
            }
            return (long) width << Integer.SIZE | height;
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("header cut off", e);
        }
    }

    private static int fourCc(char first, char second, char third, char fourth) {
        return first | second << 8 | third << 16 | fourth << 24;
    }
}
