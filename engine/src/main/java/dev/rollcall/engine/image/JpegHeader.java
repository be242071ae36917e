package dev.rollcall.engine.image;

import dev.rollcall.engine.image.Header.Coding;
import java.io.IOException;

/** Reads the header of a JPEG file, and computes the memory that decoding takes. */
final class JpegHeader {

    private static final int EIGHT_BITS = 8;
    private static final int CMYK_CHANNELS = 4;
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
     * @throws IOException if the header is incomplete, or scans are missing
     */
    static Header read(byte[] file) throws IOException {
        JpegSegments segments = JpegSegments.read(file);
        if (segments.frame() > JpegSegments.PROGRESSIVE) {
            throw new UnsupportedPictureException("JPEG with lossless, hierarchical or arithmetic coding");
        }
        if (segments.depth() != EIGHT_BITS) {
            throw new UnsupportedPictureException("JPEG with " + segments.depth() + " bits");
        }
        if (segments.channels() > CMYK_CHANNELS) {
            throw new UnsupportedPictureException("JPEG with " + segments.channels() + " channels");
        }
        boolean multiScan = hasMultipleScans(file, segments);
        Coding coding = Coding.SINGLE_SCAN;
        if (segments.channels() == CMYK_CHANNELS) {
            coding = Coding.CMYK;
        } else if (multiScan) {
            coding = Coding.MULTI_SCAN;
        }
        return new Header(
                segments.width(),
                segments.height(),
                coding,
                segments.orientation(),
                workingBytes(segments) + (multiScan ? coefficientBytes(segments) : 0));
    }

    /** Whether there are several scans: in a progressive file, or when the first one leaves channels out. */
    private static boolean hasMultipleScans(byte[] file, JpegSegments segments) throws IOException {
        int firstScan = segments.scanAt() + 4;
        if (segments.frame() != JpegSegments.PROGRESSIVE
                && firstScan < file.length
                && file[firstScan] >= segments.channels()) {
            return false;
        }
        JpegScans scans = JpegScans.of(file, segments);
        if (scans.count() > JpegScans.MAX_SCANS) {
            throw new UnsupportedPictureException("JPEG of more than " + JpegScans.MAX_SCANS + " scans");
        }
        if (!scans.complete()) {
            throw new IOException("scans are missing");
        }
        return true;
    }

    /** The rows that libjpeg holds, and the raster of grey or CMYK that is converted after decoding. */
    private static long workingBytes(JpegSegments segments) throws IOException {
        int width = segments.width();
        int step = Header.step(width, segments.height());
        long reduced = (long) Header.reduced(width, step) * Header.reduced(segments.height(), step);
        long toConvert = segments.channels() == Image.CHANNELS ? 0 : reduced * segments.channels();
        return FIXED_BYTES + toConvert + (long) width * segments.channels() * ROWS;
    }

    /**
     * Each coefficient takes two bytes; each channel has as many blocks as fill whole MCUs.
     */
    private static long coefficientBytes(JpegSegments segments) throws IOException {
        int maxX = 1;
        int maxY = 1;
        for (int channel = 0; channel < segments.channels(); channel++) {
            maxX = Math.max(maxX, segments.samplingX(channel));
            maxY = Math.max(maxY, segments.samplingY(channel));
        }
        long unitsX = Header.reduced(segments.width(), BLOCK_SIDE * maxX);
        long unitsY = Header.reduced(segments.height(), BLOCK_SIDE * maxY);
        long blocks = 0;
        for (int channel = 0; channel < segments.channels(); channel++) {
            blocks += unitsX * segments.samplingX(channel) * unitsY * segments.samplingY(channel);
        }
        return blocks * BLOCK_BYTES;
    }
}
