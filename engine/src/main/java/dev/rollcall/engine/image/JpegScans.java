package dev.rollcall.engine.image;

import java.util.Arrays;

/**
 * Which parts of a JPEG picture a file's scans contain. Coded data never contains a marker's two bytes in a row, so a
 * search for them finds the scans.
 */
final class JpegScans {

    /**
     * Most scans of a file. Cameras and programs write about ten; each one costs a pass over all coefficients, so a
     * small file of many empty scans could keep a core busy for minutes.
     */
    static final int MAX_SCANS = 100;

    private static final int COEFFICIENTS = 64;
    private static final byte ALL_BITS = 15;

    private final byte[] file;
    private final JpegSegments segments;
    private int count;
    private boolean ended;
    /** By channel and coefficient: how many of the lowest bits no scan has contained yet. */
    private final byte[][] missing;

    private JpegScans(byte[] file, JpegSegments segments) {
        this.file = file;
        this.segments = segments;
        this.missing = new byte[segments.channels()][COEFFICIENTS];
        for (byte[] bits : missing) {
            Arrays.fill(bits, ALL_BITS);
        }
    }

    static JpegScans of(byte[] file, JpegSegments segments) {
        JpegScans scans = new JpegScans(file, segments);
        for (int i = segments.scanAt(); i + 1 < file.length; i++) {
            if (file[i] == (byte) JpegSegments.MARKER) {
                int marker = file[i + 1] & 0xFF;
                if (marker == JpegSegments.START_OF_SCAN) {
                    scans.take(i + 2);
                }
                scans.ended |= marker == JpegSegments.END_OF_IMAGE;
            }
        }
        return scans;
    }

    private void take(int at) {
        count++;
        int channels = at + 2 < file.length ? file[at + 2] & 0xFF : 0;
        if (count > MAX_SCANS || channels > missing.length) {
            return;
        }
        int after = at + 3 + 2 * channels;
        if (after + 2 >= file.length) {
            return;
        }
        int first = file[after];
        int last = file[after + 1];
        byte bits = (byte) (file[after + 2] & 0xF);
        for (int i = 0; i < channels; i++) {
            for (int channel = 0; channel < missing.length; channel++) {
                if (segments.channelId(channel) == (file[at + 3 + 2 * i] & 0xFF)) {
                    for (int k = Math.max(0, first); k <= Math.min(COEFFICIENTS - 1, last); k++) {
                        missing[channel][k] = bits;
                    }
                }
            }
        }
    }

    /** How many scans there are. */
    int count() {
        return count;
    }

    /** Whether there is an end marker. */
    boolean ended() {
        return ended;
    }

    /** Whether there is an end marker, or the scans contain all bits of all coefficients. */
    boolean complete() {
        if (ended) {
            return true;
        }
        for (byte[] channel : missing) {
            for (byte bits : channel) {
                if (bits != 0) {
                    return false;
                }
            }
        }
        return true;
    }
}
