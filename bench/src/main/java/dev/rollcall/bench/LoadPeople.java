package dev.rollcall.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The people of a measurement: one for each portrait of a folder. */
final class LoadPeople {

    private static final int CREATED = 201;

    private final SortedMap<String, byte[]> portraits = new TreeMap<>();

    /** Reads the PNG files of a folder; a file's name is its person's. */
    LoadPeople(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.png")) {
            for (Path file : files) {
                portraits.put(file.getFileName().toString().replace(".png", ""), Files.readAllBytes(file));
            }
        }
        if (portraits.isEmpty()) {
            throw new IOException("no portraits are in " + folder);
        }
    }

    /** Enrolls all people. */
    void enroll(LoadedService service) throws IOException, InterruptedException {
        for (Map.Entry<String, byte[]> person : portraits.entrySet()) {
            String fields = "\"user_id\":\"%1$s\",\"name\":\"%1$s\",\"replace\":true".formatted(person.getKey());
            byte[] request = LoadRound.post("/enroll", fields, LoadPictures.jpeg(person.getValue(), 640, 480));
            LoadRound.Outcome enrolled = new LoadRound(service.port(), List.of(request)).run(1, 0);
            if (enrolled.failed().keySet().stream().anyMatch(status -> status != CREATED)) {
                throw new IOException(person.getKey() + " was not enrolled: " + enrolled.failed());
            }
        }
    }

    /** One request of recognition per person, with a picture of the given size. */
    List<byte[]> recognitions(int width, int height) throws IOException {
        List<byte[]> requests = new ArrayList<>();
        for (Map.Entry<String, byte[]> person : portraits.entrySet()) {
            String fields = "\"user_id\":\"%s\"".formatted(person.getKey());
            requests.add(LoadRound.post("/recognize", fields, LoadPictures.jpeg(person.getValue(), width, height)));
        }
        return requests;
    }
}
