package dev.rollcall.bench;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option that names a collection of pictures. */
final class ImagesOption {

    @Option(names = "--images", required = true, description = "folder with one folder of JPEGs for each person")
    private Path folder = Path.of("");

    Pictures pictures() {
        return new Pictures(folder);
    }
}
