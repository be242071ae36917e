package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.PictureFileException;
import dev.rollcall.recognition.bulk.PictureSource;
import dev.rollcall.recognition.bulk.StopCheck;
import dev.rollcall.recognition.imports.ImportWorker.Enrolling;
import dev.rollcall.recognition.imports.PictureMemory.Reserved;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** The pictures of an import, decrypted one at a time and at its pace. For the thread of the worker alone. */
final class ImportPictures implements PictureSource {

    private static final long RETRY_MS = 50;

    private final ImportFolder folder;
    private final ImportKey key;
    private final ImportPlan plan;
    private final Enrolling enrolling;
    private final StopCheck stopCheck;

    ImportPictures(ImportFolder folder, ImportKey key, ImportPlan plan, Enrolling enrolling, StopCheck stopCheck) {
        this.folder = folder;
        this.key = key;
        this.stopCheck = stopCheck;
        this.plan = plan;
        this.enrolling = enrolling;
    }

    @Override
    public HeldPicture read(String file) throws PictureFileException, InterruptedException {
        enrolling.pace().awaitTurn();
        int number = plan.number(file);
        try {
            int size = Math.toIntExact(folder.size(number));
            Reserved reserved = reserve(size);
            boolean isRead = false;
            try {
                byte[] bytes = read(number, size);
                isRead = true;
                return new Held(bytes, reserved);
            } finally {
                if (!isRead) {
                    reserved.close();
                }
            }
        } catch (NoSuchFileException | EncryptedFile.ChangedException e) {
            throw new PictureFileException(
                    FileProblem.FILE_UNREADABLE, "What was received can't be read any more: send the picture again.");
        } catch (IOException e) {
            // It may be readable later.
            throw new UncheckedIOException(e);
        }
    }

    private Reserved reserve(int size) throws InterruptedException, PictureFileException {
        Optional<Reserved> reserved = enrolling.memory().reserveIfFree(size);
        while (reserved.isEmpty()) {
            if (!stopCheck.mayGoOn()) {
                throw new PictureFileException(FileProblem.FILE_UNREADABLE, "The import has ended.");
            }
            Thread.sleep(RETRY_MS);
            reserved = enrolling.memory().reserveIfFree(size);
        }
        return reserved.get();
    }

    private byte[] read(int number, int size) throws IOException {
        byte[] bytes = new byte[size];
        try (InputStream in = folder.read(number, key)) {
            int read = in.readNBytes(bytes, 0, size);
            if (read < size || in.read() >= 0) {
                throw new EncryptedFile.ChangedException("the file is incomplete", null);
            }
        }
        return bytes;
    }

    private static final class Held implements HeldPicture {

        private final byte[] bytes;
        private final Reserved reserved;

        Held(byte[] bytes, Reserved reserved) {
            this.bytes = bytes;
            this.reserved = reserved;
        }

        @Override
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public void close() {
            reserved.close();
        }
    }
}
