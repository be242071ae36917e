package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import dev.rollcall.engine.image.webp.LosslessRows;
import dev.rollcall.engine.image.webp.LossyRows;
import dev.rollcall.engine.image.webp.PixelRows;
import dev.rollcall.engine.image.webp.TransparentRows;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** The chunks of a WebP file (RFC 9649) that define its picture. Colour profiles are ignored. */
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
    private static final int FOURTEEN_BITS = 0x3FFF;
    private static final int TWENTY_FOUR_BITS = 0xFFFFFF;

    /** The range of a chunk's content in the file; {@code to} is exclusive. */
    private record Chunk(int from, int to) {}

    private final byte[] file;
    private int width;
    private int height;
    private @Nullable Chunk lossy;
    private @Nullable Chunk lossless;
    private @Nullable Chunk alpha;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    private WebpFile(byte[] file) {
        this.file = file;
    }

    /**
     * Reads the header.
     *
     * @throws UnsupportedPictureException if the file is animated
     * @throws IOException if the header is incomplete, or states two sizes
     */
    static Header header(byte[] file) throws IOException {
        WebpFile webp = chunks(file);
        return new Header(
                webp.width,
                webp.height,
                webp.lossy != null ? Coding.LOSSY_WEBP : Coding.LOSSLESS_WEBP,
                webp.orientation,
                webp.workingBytes());
    }

    /**
     * Decodes the picture.
     *
     * @throws IOException if it is damaged
     */
    static void decode(byte[] file, Reduction out) throws IOException {
        WebpFile webp = chunks(file);
        PixelRows rows = webp.rows();
        int[] argb = new int[webp.width];
        for (int y = 0; y < webp.height; y++) {
            rows.next(argb);
            if (out.takesRow(y)) {
                out.row(y, argb);
            }
        }
    }

    private static WebpFile chunks(byte[] file) throws IOException {
        WebpFile webp = new WebpFile(file);
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(RIFF_HEADER_BYTES);
        while (in.remaining() >= CHUNK_HEADER_BYTES) {
            int name = in.getInt();
            int length = in.getInt();
            if (length < 0 || length > in.remaining()) {
                throw new IOException("chunk beyond the end");
            }
            webp.take(name, new Chunk(in.position(), in.position() + length), in);
            in.position((int) Math.min(in.limit(), in.position() + (long) length + length % 2));
        }
        if ((webp.lossy == null && webp.lossless == null) || webp.width < 1 || webp.height < 1) {
            throw new IOException("no picture");
        }
        return webp;
    }

    /** Records a chunk; of several of the same name the first counts. */
    private void take(int name, Chunk chunk, ByteBuffer in) throws IOException {
        if (name == ANIMATION || name == ANIMATION_FRAME) {
            throw new UnsupportedPictureException("animated WebP");
        }
        boolean pictured = lossy != null || lossless != null;
        if (name == EXIF) {
            orientation = ExifOrientation.ofBlock(file, chunk.from, chunk.to);
        } else if (name == ALPHA && alpha == null && !pictured) {
            alpha = chunk;
        } else if (name == EXTENDED || ((name == LOSSY || name == LOSSLESS) && !pictured)) {
            readSize(name, chunk, in);
            lossy = name == LOSSY ? chunk : lossy;
            lossless = name == LOSSLESS ? chunk : lossless;
        }
    }

    private void readSize(int name, Chunk chunk, ByteBuffer in) throws IOException {
        int at = chunk.from;
        if ((chunk.to - at < 10 && name != LOSSLESS) || chunk.to - at < 5) {
            throw new IOException("header cut off");
        }
        if (name == LOSSY) {
            setSize(in.getShort(at + 6) & FOURTEEN_BITS, in.getShort(at + 8) & FOURTEEN_BITS);
        } else if (name == LOSSLESS) {
            int sizes = in.getInt(at + 1);
            setSize((sizes & FOURTEEN_BITS) + 1, (sizes >>> 14 & FOURTEEN_BITS) + 1);
        } else {
            setSize((in.getInt(at + 4) & TWENTY_FOUR_BITS) + 1, (in.getInt(at + 6) >>> 8) + 1);
        }
    }

    private void setSize(int stated, int statedHeight) throws IOException {
        if (width != 0 && (width != stated || height != statedHeight)) {
            throw new IOException("two sizes are stated");
        }
        width = stated;
        height = statedHeight;
    }

    private PixelRows rows() throws IOException {
        if (lossless != null) {
            return LosslessRows.of(file, lossless.from, lossless.to);
        }
        if (lossy == null) {
            throw new IOException("no picture");
        }
        LossyRows colors = new LossyRows(file, lossy.from, lossy.to);
        return alpha == null ? colors : new TransparentRows(colors, file, alpha.from, alpha.to);
    }

    private long workingBytes() {
        long row = (long) width * Integer.BYTES;
        if (lossless != null) {
            return row + LosslessRows.bytes(width, height);
        }
        return row + LossyRows.bytes(width) + (alpha == null ? 0 : TransparentRows.bytes(width, height));
    }

    private static int fourCc(char first, char second, char third, char fourth) {
        return first | (second << 8) | (third << 16) | (fourth << 24);
    }
}
