package dev.rollcall.recognition.bulk;

/** A file of a picture that can't be used; the message is a sentence for the report. */
public final class PictureFileException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FileProblem problem;

    public PictureFileException(FileProblem problem, String detail) {
        super(detail, null, false, false);
        this.problem = problem;
    }

    FileProblem problem() {
        return problem;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
