package dev.rollcall.recognition.bulk;

/** Why a file was refused before anybody looked for a face in it. */
public enum FileProblem {
    /** The list of people names a file that is not there. */
    FILE_MISSING,
    /** The folder has no files. */
    FOLDER_EMPTY,
    /** The file can't be read. */
    FILE_UNREADABLE,
    /** The file is larger than pictures may be. */
    FILE_TOO_LARGE,
    /** It is a device, a pipe or something else that is no file. */
    NOT_A_FILE,
    /** A link that leads back to a folder above it. */
    LINK_LOOP,
    /** The name is absolute, leads out of the folder or can't be shown. */
    PATH_INVALID,
    /** A second file of the same name in a zip file. */
    NAME_REPEATED,
    /** The file in the zip file is encrypted or compressed by a method that is not supported. */
    ZIP_METHOD_UNSUPPORTED,
    /** The file doesn't belong to anybody in the list of people. */
    PERSON_UNKNOWN,
    /** The line of the list of people is not valid. */
    LINE_INVALID,
    /** The person was erased while the import was unfinished. */
    PERSON_ERASED,
    /** The person was enrolled, but the external_id belongs to somebody else and was not stored. */
    EXTERNAL_ID_TAKEN
}
