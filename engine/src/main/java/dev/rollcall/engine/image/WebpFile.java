package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** The chunks of a WebP file (RFC 9649). */
final class WebpFile {

    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int LOSSY = fourCc('V', 'P', '8', ' ');
    private static final int LOSSLESS = fourCc('V', 'P', '8', 'L');
    private static final int EXTENDED = fourCc('V', 'P', '8', 'X');
    private static final int ALPHA = fourCc('A', 'L', 'P', 'H');
    private static final int ANIMATION = fourCc('A', 'N', 'I', 'M');
    private static final int ANIMATION_FRAME = fourCc('A', 'N', 'M', 'F');
    private static final int EXIF = fourCc('E', 'X', 'I', 'F');
    private static final byte ALPHA_FLAG = 0x10;
    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int TWENTY_FOUR_BITS = 0xFFFFFF;

    private final byte[] file;
    private int width;
    private int height;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    private WebpFile(byte[] file) {
        this.file = file;
    }

    /**
     * Reads the header. The canvas and the picture on it each state a size; the larger counts.
     *
     * @throws UnsupportedPictureException if the file is animated
     * @throws IOException if it is no whole header
     */
    static Header header(byte[] file) throws IOException {
        WebpFile webp = new WebpFile(file);
        webp.forEachChunk(webp::readChunk);
        if (webp.width == 0 || webp.height == 0) {
            throw new IOException("no picture");
        }
        return new Header(webp.width, webp.height, Coding.WEBP, webp.orientation);
    }

    /** The file without what is not needed to see it, above all the colour profile, whose stated size is believed. */
    static byte[] pictureOnly(byte[] file) throws IOException {
        ByteBuffer picture = ByteBuffer.allocate(file.length + 1).order(ByteOrder.LITTLE_ENDIAN);
        picture.put(file, 0, RIFF_HEADER_BYTES);
        new WebpFile(file).forEachChunk((name, body, at) -> {
            if (isPicture(name)) {
                copyChunk(name, body, picture);
            }
        });
        picture.putInt(4, picture.position() - CHUNK_HEADER_BYTES);
        return Arrays.copyOf(picture.array(), picture.position());
    }

    private static void copyChunk(int name, ByteBuffer body, ByteBuffer picture) {
        picture.putInt(name).putInt(body.limit());
        int start = picture.position();
        picture.put(body.duplicate());
        if (name == EXTENDED) {
            picture.put(start, (byte) (body.get(0) & ALPHA_FLAG));
        }
        if (body.limit() % 2 == 1) {
            picture.put((byte) 0);
        }
    }

    private static boolean isPicture(int name) {
        return name == LOSSY || name == LOSSLESS || name == EXTENDED || name == ALPHA;
    }

    /** Takes a chunk: its name, its body, and where in the file the body begins. */
    private interface Chunks {
        void take(int name, ByteBuffer body, int at) throws IOException;
    }

    private void forEachChunk(Chunks chunks) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(RIFF_HEADER_BYTES);
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int name = in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException("chunk beyond the end");
            }
            chunks.take(name, in.slice().limit(length).slice().order(ByteOrder.LITTLE_ENDIAN), in.position());
            in.position((int) Math.min(in.limit(), in.position() + (long) length + length % 2));
        }
    }

    private void readChunk(int name, ByteBuffer body, int at) throws IOException {
        if (name == ANIMATION || name == ANIMATION_FRAME) {
            throw new UnsupportedPictureException("animated WebP");
        }
        if (name == EXIF) {
            orientation = ExifOrientation.ofBlock(file, at, at + body.limit());
        }
        readSize(name, body);
    }

    private void readSize(int name, ByteBuffer body) throws IOException {
        try {
            if (name == LOSSY) {
                grow(body.getShort(6) & FOURTEEN_BITS, body.getShort(8) & FOURTEEN_BITS);
            } else if (name == LOSSLESS) {
                int sizes = body.getInt(1);
                grow((sizes & FOURTEEN_BITS) + 1, ((sizes >>> 14) & FOURTEEN_BITS) + 1);
            } else if (name == EXTENDED) {
                grow((body.getInt(4) & TWENTY_FOUR_BITS) + 1, (body.getInt(6) >>> 8) + 1);
            }
        } catch (IndexOutOfBoundsException e) {
            throw new IOException("header cut off", e);
        }
    }

    private void grow(int atLeastWide, int atLeastHigh) {
        width = Math.max(width, atLeastWide);
        height = Math.max(height, atLeastHigh);
    }

    private static int fourCc(char first, char second, char third, char fourth) {
        return first | (second << 8) | (third << 16) | (fourth << 24);
    }
}
