package dev.rollcall.engine.image;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import javax.imageio.plugins.jpeg.JPEGHuffmanTable;

/**
 * The segments of a JPEG file (ITU-T T.81) up to the first scan. Of the application segments (APPn) and comments, only those
 * that state the colour space and the orientation are read.
 */
final class JpegSegments {

    static final int MARKER = 0xFF;
    static final int START_OF_IMAGE = 0xD8;
    static final int START_OF_SCAN = 0xDA;
    static final int END_OF_IMAGE = 0xD9;
    static final int BASELINE = 0xC0;
    static final int PROGRESSIVE = 0xC2;

    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COMMENT = 0xFE;
    private static final int LAST_FRAME = 0xCF;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int RESERVED = 0xC8;
    private static final int ARITHMETIC_TABLES = 0xCC;
    private static final int THREE_CHANNELS = 3;
    private static final int FOUR_CHANNELS = 4;
    private static final byte[] JFIF_SEGMENT = {
        (byte) MARKER, (byte) APP0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };
    private static final int ADOBE_TRANSFORM_AT = 13;
    /** Most bytes of tables before the first scan: ten times the size of all tables that can be in use at once. */
    private static final int MAX_TABLE_BYTES = 32 << 10;

    private final byte[] file;
    private final ByteArrayOutputStream tables = new ByteArrayOutputStream();
    private int at = 2;
    private int frame;
    private int frameAt;
    private boolean jfif;
    private boolean huffmanTables;
    private int adobeTransform = -1;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    private JpegSegments(byte[] file) {
        this.file = file;
    }

    /**
     * Reads the segments.
     *
     * @throws IOException if the frame header is incomplete, or there is no scan
     */
    static JpegSegments read(byte[] file) throws IOException {
        JpegSegments segments = new JpegSegments(file);
        for (int marker = segments.nextMarker(); marker != START_OF_SCAN; marker = segments.nextMarker()) {
            if (marker == END_OF_IMAGE) {
                throw new IOException("no scan");
            }
            int length = segments.unsignedShort(segments.at);
            if (length < 2 || segments.at + length > file.length) {
                throw new EOFException("segment beyond the end");
            }
            segments.take(marker, length);
            segments.at += length;
        }
        if (segments.frame == 0 || segments.frameAt + 6 + 3 * segments.channels() > file.length) {
            throw new IOException("no frame");
        }
        return segments;
    }

    private void take(int marker, int length) throws IOException {
        if (marker == APP0) {
            jfif |= startsWith("JFIF\0", length);
        } else if (marker == APP1 && startsWith("Exif\0\0", length)) {
            orientation = ExifOrientation.ofBlock(file, at + 2, at + length);
        } else if (marker == APP14 && length > ADOBE_TRANSFORM_AT && startsWith("Adobe", length)) {
            adobeTransform = file[at + ADOBE_TRANSFORM_AT];
        } else if (isFrame(marker)) {
            frame = marker;
            frameAt = at + 2;
        }
        huffmanTables |= marker == HUFFMAN_TABLES;
        if (marker != COMMENT && (marker < APP0 || marker > APP15)) {
            if (tables.size() + length > MAX_TABLE_BYTES) {
                throw new IOException("tables of more than " + MAX_TABLE_BYTES + " bytes");
            }
            tables.write(MARKER);
            tables.write(marker);
            tables.write(file, at, length);
        }
    }

    private boolean startsWith(String text, int length) {
        if (length < 2 + text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (file[at + 2 + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int nextMarker() throws IOException {
        while (at + 1 < file.length && file[at] != (byte) MARKER) {
            at++;
        }
        while (at + 1 < file.length && file[at] == (byte) MARKER) {
            at++;
        }
        if (at + 3 > file.length) {
            throw new EOFException("no scan");
        }
        return file[at++] & 0xFF;
    }

    private static boolean isFrame(int marker) {
        return marker >= BASELINE
                && marker <= LAST_FRAME
                && marker != HUFFMAN_TABLES
                && marker != RESERVED
                && marker != ARITHMETIC_TABLES;
    }

    private int unsignedShort(int index) throws IOException {
        if (index + 2 > file.length) {
            throw new EOFException("header cut off");
        }
        return ((file[index] & 0xFF) << 8) | (file[index + 1] & 0xFF);
    }

    /** The frame header's marker, which names the coding. */
    int frame() {
        return frame;
    }

    /** Bits of a sample. */
    int depth() {
        return file[frameAt];
    }

    int height() throws IOException {
        return unsignedShort(frameAt + 1);
    }

    int width() throws IOException {
        return unsignedShort(frameAt + 3);
    }

    int channels() {
        return file[frameAt + 5] & 0xFF;
    }

    /** A channel's number, by which scans name it. */
    int channelId(int channel) {
        return file[frameAt + 6 + 3 * channel] & 0xFF;
    }

    /** A channel's horizontal sampling factor, 1 to 4. */
    int samplingX(int channel) {
        return file[frameAt + 7 + 3 * channel] >> 4 & 0xF;
    }

    /** A channel's vertical sampling factor, 1 to 4. */
    int samplingY(int channel) {
        return file[frameAt + 7 + 3 * channel] & 0xF;
    }

    ExifOrientation orientation() {
        return orientation;
    }

    /** Index of the first scan's marker in the file. */
    int scanAt() {
        return at - 2;
    }

    /**
     * A header that replaces all that is before the first scan: the tables, and one segment that states the colour
     * space. Colour profiles, EXIF and thumbnails are left out, so that the reader doesn't change pixel values. The
     * standard Huffman tables are added to a file without any, such as a frame of motion JPEG: not every JDK's reader
     * does that.
     */
    byte[] simplifiedHeader() {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.write(MARKER);
        header.write(START_OF_IMAGE);
        if (channels() == THREE_CHANNELS && isRgb()) {
            writeAdobe(header, 0);
        } else if (channels() == FOUR_CHANNELS && adobeTransform >= 0) {
            writeAdobe(header, adobeTransform);
        } else if (channels() == THREE_CHANNELS) {
            header.writeBytes(JFIF_SEGMENT);
        }
        header.writeBytes(tables.toByteArray());
        if (!huffmanTables) {
            writeTable(header, 0x00, JPEGHuffmanTable.StdDCLuminance);
            writeTable(header, 0x10, JPEGHuffmanTable.StdACLuminance);
            writeTable(header, 0x01, JPEGHuffmanTable.StdDCChrominance);
            writeTable(header, 0x11, JPEGHuffmanTable.StdACChrominance);
        }
        return header.toByteArray();
    }

    /** Whether three channels are red, green and blue; the rule is that of libjpeg. */
    private boolean isRgb() {
        if (jfif) {
            return false;
        }
        return adobeTransform >= 0
                ? adobeTransform == 0
                : channelId(0) == 'R' && channelId(1) == 'G' && channelId(2) == 'B';
    }

    /** Whether the four channels are YCCK rather than CMYK. */
    boolean isYcck() {
        return adobeTransform > 0;
    }

    private static void writeAdobe(ByteArrayOutputStream out, int transform) {
        out.writeBytes(new byte[] {
            (byte) MARKER, (byte) APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) transform
        });
    }

    private static void writeTable(ByteArrayOutputStream out, int name, JPEGHuffmanTable table) {
        short[] values = table.getValues();
        int length = 2 + 1 + 16 + values.length;
        out.writeBytes(
                new byte[] {(byte) MARKER, (byte) HUFFMAN_TABLES, (byte) (length >> 8), (byte) length, (byte) name});
        short[] lengths = table.getLengths();
        for (int i = 0; i < 16; i++) {
            out.write(i < lengths.length ? lengths[i] : 0);
        }
        for (short value : values) {
            out.write(value);
        }
    }
}
