package dev.rollcall.recognition.bulk;

/** Where the files of pictures are. */
public interface PictureSource {

    /**
     * Reads a picture; waits while there is no memory for it.
     *
     * @throws PictureFileException if the file can't be used
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    HeldPicture read(String file) throws PictureFileException, InterruptedException;

    /** A picture in memory that is counted until it is closed. */
    interface HeldPicture extends AutoCloseable {

        byte[] bytes();

        @Override
        void close();
    }
}
