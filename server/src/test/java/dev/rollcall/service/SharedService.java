package dev.rollcall.service;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.files.FolderRemoval;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The one running service of the test classes that neither break nor configure it: started when it is first asked for,
 * stopped when the JVM ends. Rate limits are off. A person may make two marks a day.
 */
final class SharedService {

    /** An origin whose pages may call the service. */
    static final String ALLOWED_ORIGIN = "https://kiosk.example.com";

    /** Its settings, for commands on its data. */
    static final Map<String, String> SETTINGS = Map.of(
            "API_KEY",
            RunningService.KEY,
            "TIME_ZONE",
            MarkStream.noonZone(),
            "ATTENDANCE_ON_ERASURE",
            "pseudonymise",
            "CORS_ORIGINS",
            ALLOWED_ORIGIN);

    private SharedService() {}

    /** The service without any person. Marks of people who were erased have random user ids. */
    static RunningService withoutPeople() throws Exception {
        RunningService service = Holder.SERVICE;
        for (JsonNode person : service.get("/v1/people?limit=1000").body().path("items")) {
            service.delete("/v1/people/" + person.path("user_id").asText());
        }
        return service;
    }

    /** Its data folder's parent. */
    static Path folder() {
        return Holder.FOLDER;
    }

    private static final class Holder {

        private static final Path FOLDER = created();
        private static final RunningService SERVICE = started();

        private static Path created() {
            try {
                return Files.createTempDirectory("rollcall-service");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static RunningService started() {
            try {
                RunningService service = RunningService.start(FOLDER, SETTINGS);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(service), "stop-shared-service"));
                return service;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        private static void stop(RunningService service) {
            try {
                service.close();
                FolderRemoval.remove(FOLDER);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
