package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.EOFException;
import java.io.IOException;

/** Reads the header of a JPEG file (ITU-T T.81): the segments up to the first scan. */
final class JpegHeader {

    private static final int MARKER = 0xFF;
    private static final int START_OF_SCAN = 0xDA;
    private static final int END_OF_IMAGE = 0xD9;
    private static final int APP1 = 0xE1;
    private static final int BASELINE = 0xC0;
    private static final int PROGRESSIVE = 0xC2;
    private static final int LAST_FRAME = 0xCF;
    private static final int HUFFMAN_TABLES = 0xC4;
    private static final int RESERVED = 0xC8;
    private static final int ARITHMETIC_TABLES = 0xCC;
    private static final int EIGHT_BITS = 8;
    private static final int FOUR_INKS = 4;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

    /**
     * Most scans of a file. Cameras and programs write about ten; each one costs a pass over all
     * coefficients, so a small file of many empty scans could keep a core busy for minutes.
     */
    private static final int MAX_SCANS = 100;

    private final byte[] file;
    private int at = 2;
    private ExifOrientation orientation = ExifOrientation.UPRIGHT;

    private JpegHeader(byte[] file) {
        this.file = file;
    }

    /**
     * Reads the header.
     *
     * @throws UnsupportedPictureException if the file is coded in a way that is not read
     * @throws IOException if it is no whole header
     */
    static Header read(byte[] file) throws IOException {
        return new JpegHeader(file).read();
    }

    private Header read() throws IOException {
        int frame = 0;
        int frameAt = 0;
        for (int marker = nextMarker(); marker != START_OF_SCAN; marker = nextMarker()) {
            if (marker == END_OF_IMAGE) {
                throw new IOException("no scan");
            }
            int length = unsignedShort(at);
            if (length < 2 || at + length > file.length) {
                throw new EOFException("segment beyond the end");
            }
            if (marker == APP1 && startsWithExif()) {
                orientation = ExifOrientation.ofBlock(file, at + 2, at + length);
            } else if (isFrame(marker)) {
                frame = marker;
                frameAt = at + 2;
            }
            at += length;
        }
        return header(frame, frameAt);
    }

    private Header header(int frame, int frameAt) throws IOException {
        if (frame == 0) {
            throw new IOException("no frame");
        }
        if (frame > PROGRESSIVE) {
            throw new UnsupportedPictureException("JPEG with lossless, hierarchical or arithmetic coding");
        }
        if (file[frameAt] != EIGHT_BITS) {
            throw new UnsupportedPictureException("JPEG with " + file[frameAt] + " bits");
        }
        int height = unsignedShort(frameAt + 1);
        int width = unsignedShort(frameAt + 3);
        int channels = file[frameAt + 5];
        return new Header(width, height, coding(frame, channels), orientation);
    }

    /** A first scan that leaves channels out is followed by others, whatever kind the frame says it is. */
    private Coding coding(int frame, int channels) throws IOException {
        boolean manyScans = frame == PROGRESSIVE || file[at + 2] < channels;
        if (manyScans) {
            checkScans();
        }
        if (channels == FOUR_INKS) {
            return Coding.FOUR_INKS;
        }
        return manyScans ? Coding.MANY_SCANS : Coding.STREAMED;
    }

    /** Coded data never has the marker's two bytes in a row, so counting them counts the scans. */
    private void checkScans() throws IOException {
        int scans = 0;
        for (int i = at; i + 1 < file.length; i++) {
            if (file[i] == (byte) MARKER && file[i + 1] == (byte) START_OF_SCAN) {
                scans++;
            }
        }
        if (scans > MAX_SCANS) {
            throw new UnsupportedPictureException("JPEG of more than " + MAX_SCANS + " scans");
        }
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

    private boolean startsWithExif() {
        if (at + 2 + EXIF.length > file.length) {
            return false;
        }
        for (int i = 0; i < EXIF.length; i++) {
            if (file[at + 2 + i] != EXIF[i]) {
                return false;
            }
        }
        return true;
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
}
