package dev.rollcall.bench;

import dev.rollcall.engine.EngineOptions;
import dev.rollcall.engine.FaceEngine;
import dev.rollcall.engine.RuntimeOptions;
import dev.rollcall.engine.RuntimeOptions.Choice;
import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The option that chooses what computes the models. */
final class RuntimeOption {

    private static final String VECTOR_API = "jdk.incubator.vector";

    @Option(names = "--runtime", description = "what computes the models: ${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Choice choice = Choice.AUTO;

    Choice choice() {
        return choice;
    }

    FaceEngine open() {
        return open(choice);
    }

    static FaceEngine open(Choice choice) {
        return new FaceEngine(new EngineOptions(
                EngineOptions.defaults().maxMegapixels(),
                EngineOptions.DEFAULT_PICTURE_BYTES,
                true,
                new RuntimeOptions(choice, null),
                null));
    }

    /** The JVM flags of the service for this runtime. */
    List<String> serviceFlags() {
        return serviceFlags(choice);
    }

    /** The JVM flags of the service for a runtime: Java needs the second compiler, more heap and the Vector API, if there is one. */
    static List<String> serviceFlags(Choice choice) {
        List<String> flags = new ArrayList<>(SpeedCommand.SERVICE_FLAGS);
        if (choice == Choice.JAVA) {
            flags.remove("-XX:TieredStopAtLevel=1");
            flags.replaceAll(flag -> flag.equals("-Xmx80m") ? "-Xmx112m" : flag);
            if (ModuleFinder.ofSystem().find(VECTOR_API).isPresent()) {
                flags.addAll(List.of("--add-modules", VECTOR_API));
            }
        }
        return flags;
    }
}
