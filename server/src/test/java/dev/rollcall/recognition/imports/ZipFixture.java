package dev.rollcall.recognition.imports;

import dev.rollcall.recognition.bulk.FileProblem;
import dev.rollcall.recognition.bulk.ListException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one test reads from a zip file. */
abstract class ZipFixture {

    static final ZipContents.Limits LIMITS = new ZipContents.Limits(100, 10_000_000, 100_000);

    final Map<String, String> files = new LinkedHashMap<>();
    final List<String> problems = new ArrayList<>();

    void read(byte[] zip) throws IOException, ListException {
        read(new ByteArrayInputStream(zip), LIMITS);
    }

    void read(InputStream zip, ZipContents.Limits limits) throws IOException, ListException {
        ZipContents.read(zip, limits, new ZipContents.Receiver() {
            @Override
            public void file(int number, String path, InputStream content) throws IOException {
                files.put(path, new String(content.readAllBytes(), StandardCharsets.UTF_8));
            }

            @Override
            public void problem(int number, String path, FileProblem problem, String detail) {
                problems.add(number + " " + path + " " + problem);
            }
        });
    }
}
