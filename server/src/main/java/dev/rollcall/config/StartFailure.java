package dev.rollcall.config;

import dev.rollcall.config.settings.Listening;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.engine.EngineException;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.embedded.StartException;
import io.quarkus.runtime.QuarkusBindException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.flywaydb.core.api.FlywayException;

/** Why the service didn't start, for the person who started it. */
public final class StartFailure {

    private StartFailure() {}

    /** A sentence where the cause is one that people can mend; the whole stack trace where it is not. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> known = known(cause);
            if (known.isPresent()) {
                return known.get();
            }
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static Optional<String> known(Throwable cause) {
        if (cause instanceof QuarkusBindException bind) {
            return Optional.of(Listening.problem(SettingsCheck.settings()).orElse(String.valueOf(bind.getMessage())));
        }
        boolean speaksForItself = cause instanceof StartException
                || cause instanceof StoreUnavailableException
                || cause instanceof StoreSetupException
                || cause instanceof EngineException
                || cause instanceof FlywayException;
        return speaksForItself ? Optional.of(String.valueOf(cause.getMessage())) : Optional.empty();
    }
}
