package dev.rollcall.recognition.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * The form of an encrypted file: chunks of 65,536 bytes, the last one shorter, each encrypted by AES-256-GCM. The nonce of a chunk is
 * the file's number, the chunk's number, and whether it is the last one: no nonce is used twice with the key of an import, and
 * files that were exchanged, cut off or put together differently are not accepted (the STREAM construction of Hoang, Reyhanitabar,
 * Rogaway and Vizár, 2015).
 */
final class EncryptedFile {

    private static final int CHUNK = 65_536;
    private static final int TAG = 16;
    private static final int NONCE = 12;
    private static final int BITS = 8;
    private static final String CIPHER = "AES/GCM/NoPadding";

    private EncryptedFile() {}

    /** A file was changed or is incomplete. */
    static final class ChangedException extends IOException {

        private static final long serialVersionUID = 1L;

        ChangedException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** The number of bytes that a file of this size has decrypted. */
    static long plainSize(long size) throws ChangedException {
        long chunks = (size + CHUNK + TAG - 1) / (CHUNK + TAG);
        if (size == 0 || size < chunks * TAG) {
            throw new ChangedException("the file is incomplete", null);
        }
        return size - chunks * TAG;
    }

    /**
     * Encrypts what is written.
     *
     * @param number of the file within the import; each is written once
     */
    static OutputStream writer(OutputStream out, ImportKey key, int number) {
        return new Writer(out, new Chunks(key, number));
    }

    /** Decrypts a file; reading throws a {@link ChangedException} where it was changed. */
    static InputStream reader(InputStream in, ImportKey key, int number) {
        return new Reader(in, new Chunks(key, number));
    }

    /** The chunks of one file, in order. */
    private static final class Chunks {

        private final ImportKey key;
        private final int file;
        private final Cipher cipher;
        private int chunk;

        Chunks(ImportKey key, int file) {
            this.key = key;
            this.file = file;
            try {
                cipher = Cipher.getInstance(CIPHER);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this Java has no " + CIPHER, e);
            }
        }

        /** Encrypts or decrypts the next chunk; returns the number of bytes in {@code to}. */
        int next(int mode, byte[] from, int length, boolean isLast, byte[] to) throws IOException {
            byte[] nonce = ByteBuffer.allocate(NONCE)
                    .putInt(file)
                    .putInt(chunk++)
                    .putInt(isLast ? 1 : 0)
                    .array();
            try {
                cipher.init(mode, key.key(), new GCMParameterSpec(TAG * BITS, nonce));
                return cipher.doFinal(from, 0, length, to);
            } catch (GeneralSecurityException e) {
                throw new ChangedException("the file was changed or is incomplete", e);
            }
        }
    }

    private static final class Writer extends OutputStream {

        private final OutputStream out;
        private final Chunks chunks;
        private final byte[] plain = new byte[CHUNK];
        private final byte[] encrypted = new byte[CHUNK + TAG];
        private int length;
        private boolean isClosed;

        Writer(OutputStream out, Chunks chunks) {
            this.out = out;
            this.chunks = chunks;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] from, int start, int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (length == CHUNK) {
                    writeChunk(false);
                }
                int part = Math.min(CHUNK - length, count - done);
                System.arraycopy(from, start + done, plain, length, part);
                length += part;
                done += part;
            }
        }

        private void writeChunk(boolean isLast) throws IOException {
            int size = chunks.next(Cipher.ENCRYPT_MODE, plain, length, isLast, encrypted);
            out.write(encrypted, 0, size);
            length = 0;
        }

        @Override
        public void close() throws IOException {
            if (isClosed) {
                return;
            }
            isClosed = true;
            try {
                writeChunk(true);
            } finally {
                out.close();
            }
        }
    }

    private static final class Reader extends InputStream {

        private final InputStream in;
        private final Chunks chunks;
        private final byte[] plain = new byte[CHUNK];
        private byte[] encrypted = new byte[CHUNK + TAG];
        private byte[] following = new byte[CHUNK + TAG];
        private int followingLength;
        private int length;
        private int position;
        private boolean hasBegun;
        private boolean isLast;

        Reader(InputStream in, Chunks chunks) {
            this.in = in;
            this.chunks = chunks;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int start, int most) throws IOException {
            while (position == length) {
                if (isLast) {
                    return -1;
                }
                readChunk();
            }
            int part = Math.min(most, length - position);
            System.arraycopy(plain, position, into, start, part);
            position += part;
            return part;
        }

        /** Reads one chunk ahead, since the last one is known by the end behind it. */
        private void readChunk() throws IOException {
            if (!hasBegun) {
                hasBegun = true;
                followingLength = in.readNBytes(following, 0, following.length);
            }
            byte[] present = following;
            int presentLength = followingLength;
            following = encrypted;
            encrypted = present;
            followingLength = in.readNBytes(following, 0, following.length);
            if (presentLength < TAG) {
                throw new ChangedException("the file is incomplete", null);
            }
            isLast = followingLength == 0;
            length = chunks.next(Cipher.DECRYPT_MODE, present, presentLength, isLast, plain);
            position = 0;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
