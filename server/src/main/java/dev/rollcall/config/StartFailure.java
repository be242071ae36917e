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

/** The description of a failed start, for the person who started the program. */
public final class StartFailure {

    private StartFailure() {}

    /** The cause's message if its type has messages for users; otherwise the whole stack trace. */
    public static String describe(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Optional<String> userMessage = userMessage(cause);
            if (userMessage.isPresent()) {
                return userMessage.get();
            }
        }
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static Optional<String> userMessage(Throwable cause) {
        if (cause instanceof QuarkusBindException bind) {
            return Optional.of(Listening.problem(SettingsCheck.settings()).orElse(String.valueOf(bind.getMessage())));
        }
        boolean hasUserMessage = cause instanceof StartException
                || cause instanceof StoreUnavailableException
                || cause instanceof StoreSetupException
                || cause instanceof EngineException
                || cause instanceof FlywayException;
        return hasUserMessage ? Optional.of(String.valueOf(cause.getMessage())) : Optional.empty();
    }
}
