package dev.rollcall.http.pages;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of the pages, read once. Immutable. */
@Singleton
public final class PageFiles {

    /** The folder of the program that has them, and a file that is always in it. */
    private static final String FOLDER = "/web";

    private static final String KNOWN = FOLDER + "/admin/index.html";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");

    private final Map<String, PageFile> files;

    /** Reads the files from the program. */
    PageFiles() {
        try {
            files = Map.copyOf(read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file with a name such as {@code admin/index.html}. */
    Optional<PageFile> find(String name) {
        return Optional.ofNullable(files.get(name));
    }

    private static Map<String, PageFile> read() throws IOException {
        URI known = known();
        if (!known.getScheme().equals("jar")) {
            return readFrom(Path.of(known).resolve("../..").normalize());
        }
        try (FileSystem program = FileSystems.newFileSystem(known, Map.of())) {
            return readFrom(program.getPath(FOLDER));
        }
    }

    private static URI known() {
        try {
            return PageFiles.class.getResource(KNOWN).toURI();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the address of the program is no URI", e);
        }
    }

    private static Map<String, PageFile> readFrom(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.filter(Files::isRegularFile).toList();
        }
        Map<String, PageFile> files = new HashMap<>();
        for (Path path : paths) {
            String name = folder.relativize(path).toString();
            String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
            if (type != null) {
                files.put(name, PageFile.of(type, Files.readAllBytes(path)));
            }
        }
        return files;
    }
}
