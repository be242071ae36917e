package dev.rollcall.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line that runs this program again, with the same Java and the same options. */
final class OwnProgram {

    private OwnProgram() {}

    /**
     * The command line of a service; where the system supports it, the service is stopped when the calling thread ends.
     *
     * @param folder where the folder for its temporary files is created
     */
    static List<String> serve(Path folder) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(parentDeathPrefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")),
                "-jar",
                Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString(),
                "serve"));
        return command;
    }

    /** The prefix of a command that is stopped when this process is killed; empty where setpriv is missing. */
    private static List<String> parentDeathPrefix() throws InterruptedException {
        try {
            boolean works = new ProcessBuilder("setpriv", "--pdeathsig", "TERM", "true")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
            return works ? List.of("setpriv", "--pdeathsig", "TERM") : List.of();
        } catch (IOException e) {
            return List.of();
        }
    }
}
