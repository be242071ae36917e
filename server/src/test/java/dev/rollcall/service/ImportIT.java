package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports of many people over HTTP. */
class ImportIT {

    private static final String IMPORT = "/v1/people/import";
    private static final String ZIP = "application/zip";

    private static RunningService service;

    @BeforeEach
    void start() throws Exception {
        service = SharedService.withoutPeople();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    private static byte[] staff() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        String list = """
                user_id,name,group,file
                manuel,Manuel,night,manuel
                geronimo,Geronimo,,geronimo.jpg
                absent,Absent,,absent.jpg
                """;
        files.put("staff.csv", list.getBytes(StandardCharsets.UTF_8));
        files.put("manuel/1.jpg", Pictures.portrait("manuel"));
        files.put("manuel/none.jpg", Pictures.withoutFace());
        files.put("geronimo.jpg", Pictures.portrait("geronimo"));
        files.put("../evil.jpg", Pictures.onePixel());
        files.put("inner.zip", new byte[] {'P', 'K', 3, 4});
        return zip(files);
    }

    private static JsonNode ended(String id) throws Exception {
        JsonNode present = service.get(IMPORT + "/" + id).body();
        while (List.of("waiting", "running").contains(present.path("state").asText())) {
            Thread.sleep(100);
            present = service.get(IMPORT + "/" + id).body();
        }
        return present;
    }

    private static List<String> report(String id) throws Exception {
        JsonNode items =
                service.get(IMPORT + "/" + id + "/report?limit=100").body().path("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(row -> row.path("file").asText() + " " + row.path("status").asText() + " "
                        + row.path("code").asText())
                .toList();
    }

    /** Returns once no import has files. */
    private static void awaitNoFiles() throws Exception {
        File imports = SharedService.folder().resolve("imports").toFile();
        while (Objects.requireNonNull(imports.list()).length > 0) {
            Thread.sleep(20);
        }
    }

    @Test
    void zipWithAList_isEnrolledInTheBackgroundWithAReport() throws Exception {
        Answer received = service.post(IMPORT, RunningService.KEY, ZIP, staff());

        assertThat(received.status()).as("%s", received.body()).isEqualTo(202);
        assertThat(received.body().path("people").asInt()).isEqualTo(2);
        String id = received.body().path("id").asText();
        JsonNode ended = ended(id);
        assertThat(ended.path("state").asText()).isEqualTo("finished");
        assertThat(ended.path("progress").asDouble()).isEqualTo(1);
        assertThat(ended.path("enrolled").asInt()).isEqualTo(2);
        assertThat(report(id))
                .containsExactlyInAnyOrder(
                        "../evil.jpg refused PATH_INVALID",
                        "absent.jpg refused FILE_MISSING",
                        "inner.zip refused PERSON_UNKNOWN",
                        "manuel/1.jpg enrolled null",
                        "manuel/none.jpg refused NO_FACE",
                        "geronimo.jpg enrolled null");
        assertThat(service.get("/v1/people/manuel").body().path("group").asText())
                .isEqualTo("night");
        assertThat(service.recognize("geronimo", Pictures.portrait("geronimo")).status())
                .isEqualTo(200);
        awaitNoFiles();
    }

    @Test
    void repeatedImport_enrollsNothingTwice() throws Exception {
        byte[] zip = zip(Map.of("geronimo.jpg", Pictures.portrait("geronimo")));
        ended(service.post(IMPORT, RunningService.KEY, ZIP, zip)
                .body()
                .path("id")
                .asText());

        String id = service.post(IMPORT, RunningService.KEY, ZIP, zip)
                .body()
                .path("id")
                .asText();

        assertThat(ended(id).path("already_enrolled").asInt()).isEqualTo(1);
        assertThat(service.get("/v1/people/geronimo").body().path("templates").asInt())
                .isEqualTo(1);
    }

    @Test
    void uploadsThatAreNoCompleteZip_areRefused() throws Exception {
        byte[] zip = staff();

        for (byte[] body :
                List.of(Arrays.copyOf(zip, zip.length - 10), "no zip".getBytes(StandardCharsets.UTF_8), new byte[0])) {
            Answer refused = service.post(IMPORT, RunningService.KEY, ZIP, body);
            assertThat(refused.code()).as("%s", refused.body()).isEqualTo("INVALID_REQUEST");
        }
        assertThat(service.post(IMPORT, RunningService.KEY, "text/plain", zip).code())
                .isEqualTo("INVALID_REQUEST");
        assertThat(service.get("/v1/people").body().path("items")).isEmpty();
    }

    @Test
    void imports_needTheScopeAndTheirId() throws Exception {
        String reader = service.postJson("/v1/keys", Map.of("name", "reader", "scopes", List.of("read")))
                .body()
                .path("key")
                .asText();
        String unknown = IMPORT + "/" + "0".repeat(32);

        assertThat(service.post(IMPORT, reader, ZIP, staff()).code()).isEqualTo("FORBIDDEN");
        assertThat(service.get(unknown, reader).code()).isEqualTo("FORBIDDEN");
        assertThat(service.get(unknown).code()).isEqualTo("IMPORT_NOT_FOUND");
        assertThat(service.get(unknown + "/report").code()).isEqualTo("IMPORT_NOT_FOUND");
        assertThat(service.delete(unknown).code()).isEqualTo("IMPORT_NOT_FOUND");
    }

    @Test
    void personWithTheUserIdImport_isAPersonLikeAnyOther() throws Exception {
        assertThat(service.enroll("import", Pictures.portrait("manuel")).status())
                .isEqualTo(201);

        assertThat(service.get("/v1/people/import").body().path("user_id").asText())
                .isEqualTo("import");
        assertThat(service.get("/v1/people/import/export").status()).isEqualTo(200);
        assertThat(service.get("/v1/people/import/templates").body().path("items"))
                .hasSize(1);
        assertThat(service.delete("/v1/people/import").status()).isEqualTo(200);
    }

    @Test
    void cancelledImport_isCancelled() throws Exception {
        Answer received = service.post(IMPORT, RunningService.KEY, ZIP, staff());
        String path = IMPORT + "/" + received.body().path("id").asText();

        Answer cancelled = service.delete(path);

        assertThat(cancelled.status()).isEqualTo(200);
        assertThat(cancelled.body().path("state").asText()).isIn("cancelled", "finished");
        assertThat(service.get(path).body().path("ended_at").isNull()).isFalse();
        awaitNoFiles();
    }
}
