package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;

/** Reads the header of a JPEG file, and what decoding it will take. */
final class JpegHeader {

    private static final int EIGHT_BITS = 8;
    private static final int FOUR_INKS = 4;
    private static final int BLOCK_SIDE = 8;
    private static final int BLOCK_BYTES = 128;
    private static final int LARGEST_SAMPLING = 4;

    /** What the JDK's reader and libjpeg allocate for any picture, on the heap and natively. */
    private static final int FIXED_BYTES = 512 << 10;

    /**
     * Rows of samples that libjpeg holds for each channel: two rows of blocks at the largest sampling, and their
     * neighbours.
     */
    private static final int ROWS = 3 * LARGEST_SAMPLING * BLOCK_SIDE;

    private JpegHeader() {}

    /**
     * Reads the header.
     *
     * @throws UnsupportedPictureException if the file is coded in a way that is not read
     * @throws IOException if it is no whole header, or the file lacks scans
     */
    static Header read(byte[] file) throws IOException {
        JpegSegments segments = JpegSegments.read(file);
        if (segments.frame() > JpegSegments.PROGRESSIVE) {
            throw new UnsupportedPictureException("JPEG with lossless, hierarchical or arithmetic coding");
        }
        if (segments.depth() != EIGHT_BITS) {
            throw new UnsupportedPictureException("JPEG with " + segments.depth() + " bits");
        }
        if (segments.channels() > FOUR_INKS) {
            throw new UnsupportedPictureException("JPEG with " + segments.channels() + " channels");
        }
        boolean manyScans = hasManyScans(file, segments);
        Coding coding = Coding.STREAMED;
        if (segments.channels() == FOUR_INKS) {
            coding = Coding.FOUR_INKS;
        } else if (manyScans) {
            coding = Coding.MANY_SCANS;
        }
        return new Header(
                segments.width(),
                segments.height(),
                coding,
                segments.orientation(),
                workingBytes(segments) + (manyScans ? coefficientBytes(segments) : 0));
    }

    /** A first scan that leaves channels out is followed by others, whatever kind the frame says it is. */
    private static boolean hasManyScans(byte[] file, JpegSegments segments) throws IOException {
        int firstScan = segments.scanAt() + 4;
        if (segments.frame() != JpegSegments.PROGRESSIVE
                && firstScan < file.length
                && file[firstScan] >= segments.channels()) {
            return false;
        }
        JpegScans scans = JpegScans.of(file, segments);
        if (scans.count() > JpegScans.MOST) {
            throw new UnsupportedPictureException("JPEG of more than " + JpegScans.MOST + " scans");
        }
        if (!scans.whole()) {
            throw new IOException("scans are missing");
        }
        return true;
    }

    /** The rows that are held, and what has to be converted after decoding: grey, and four inks. */
    private static long workingBytes(JpegSegments segments) throws IOException {
        int width = segments.width();
        int step = Header.step(width, segments.height());
        long reduced = (long) Header.reduced(width, step) * Header.reduced(segments.height(), step);
        long toConvert = segments.channels() == Image.CHANNELS ? 0 : reduced * segments.channels();
        return FIXED_BYTES + toConvert + (long) width * segments.channels() * ROWS;
    }

    /**
     * Each coefficient takes two bytes; each channel has as many blocks as fill whole units of the largest sampling.
     */
    private static long coefficientBytes(JpegSegments segments) throws IOException {
        int mostX = 1;
        int mostY = 1;
        for (int channel = 0; channel < segments.channels(); channel++) {
            mostX = Math.max(mostX, segments.samplingX(channel));
            mostY = Math.max(mostY, segments.samplingY(channel));
        }
        long unitsX = Header.reduced(segments.width(), BLOCK_SIDE * mostX);
        long unitsY = Header.reduced(segments.height(), BLOCK_SIDE * mostY);
        long blocks = 0;
        for (int channel = 0; channel < segments.channels(); channel++) {
            blocks += unitsX * segments.samplingX(channel) * unitsY * segments.samplingY(channel);
        }
        return blocks * BLOCK_BYTES;
    }
}
