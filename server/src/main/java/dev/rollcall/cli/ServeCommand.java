package dev.rollcall.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code rollcall serve}, which runs the service until it is stopped. */
@Command(
        name = "serve",
        description = "Start the service.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "An option takes precedence over the setting of the same name. docs/configuration.md explains all settings,"
                    + " and 'rollcall config' prints their values.",
            "Exit code 78: a setting is invalid."
        })
public final class ServeCommand implements Callable<Integer> {

    private final Service service;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "The address to listen on, instead of HOST.")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on, instead of PORT.")
    private @Nullable String port;

    ServeCommand(Service service) {
        this.service = service;
    }

    /** The service of this process. */
    public interface Service {

        /**
         * Runs the service until it is stopped.
         *
         * @param options texts of settings, by their names
         * @return the exit code
         */
        int run(Map<String, String> options);
    }

    @Override
    public Integer call() {
        Map<String, String> options = new LinkedHashMap<>();
        if (host != null) {
            options.put("HOST", host);
        }
        if (port != null) {
            options.put("PORT", port);
        }
        return service.run(options);
    }
}
