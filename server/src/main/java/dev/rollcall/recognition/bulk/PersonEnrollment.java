package dev.rollcall.recognition.bulk;

import java.io.IOException;

/** The enrollment of one person with several files. Implementations are safe for use by several threads, each with another person. */
public interface PersonEnrollment {

    /**
     * Enrolls a person with the files one after another, and notes a result for each; ends early if told to stop.
     *
     * @throws dev.rollcall.outcome.StoreUnavailableException if the database can't be reached; the picture under way has no
     *     result then
     * @throws IOException if a result can't be noted
     */
    void enroll(PersonToEnroll person, BulkEnrollment.Files files) throws IOException, InterruptedException;

    /**
     * Stores the group and the external_id of an enrolled person, if there are any; an external_id that is another person's is
     * noted as a further result of the file.
     */
    void setDetails(PersonToEnroll person, String file, BulkEnrollment.Files files) throws IOException;
}
