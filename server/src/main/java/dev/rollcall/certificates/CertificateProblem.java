package dev.rollcall.certificates;

/** Files or settings of which no certificate can be made. The message is a sentence for whoever runs the service. */
public final class CertificateProblem extends RuntimeException {

    private static final long serialVersionUID = 1;

    CertificateProblem(String message) {
        super(message);
    }
}
