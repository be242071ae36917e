package dev.rollcall.cli;

import dev.rollcall.doctor.Finding;
import dev.rollcall.doctor.Finding.State;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rollcall doctor}, which says what the service needs and doesn't have. */
@Command(
        name = "doctor",
        description =
                "Check Java, memory, disk, clock, port, database, models, certificate, the page with the camera, keys"
                        + " and the newest backup, and say what to do. Works while the service runs and while it doesn't; changes"
                        + " nothing. Exit code 1: something is wrong.",
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {

    private static final int WRONG = 1;

    private final Doctor doctor;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    DoctorCommand(Doctor doctor) {
        this.doctor = doctor;
    }

    /** Examines what the service of these settings needs. */
    public interface Doctor {

        /** Hands each finding over as soon as it is there. */
        void examine(Consumer<Finding> found);
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        AtomicBoolean wrong = new AtomicBoolean();
        doctor.examine(finding -> {
            out.printf(Locale.ROOT, "%-6s %-13s %s%n", word(finding.state()), finding.subject(), finding.says());
            if (finding.advice() != null) {
                out.printf(Locale.ROOT, "%-6s %-13s -> %s%n", "", "", finding.advice());
            }
            out.flush();
            if (finding.state() == State.WRONG) {
                wrong.set(true);
            }
        });
        return wrong.get() ? WRONG : 0;
    }

    private static String word(State state) {
        return switch (state) {
            case OK -> "ok";
            case NOTE -> "note";
            case WRONG -> "WRONG";
        };
    }
}
