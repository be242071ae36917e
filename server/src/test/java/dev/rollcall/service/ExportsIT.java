package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.lowagie.text.pdf.PdfReader;
import com.lowagie.text.pdf.parser.PdfTextExtractor;
import dev.rollcall.service.RunningService.Answer;
import dev.rollcall.store.embedded.EmbeddedPostgres;
import dev.rollcall.store.embedded.PreparedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of exports, of a database with 100,000 marks: two of each of 500 people on 100 days. */
class ExportsIT {

    private static final String MARKS = "/v1/exports/marks";
    private static final int PAGES_OF_ALL = 200;

    /** Longer than the ten seconds after which an idle connection of PostgreSQL reports what it has counted. */
    private static final Duration IDLE_FLUSH = Duration.ofSeconds(11);

    private static final String FILL = """
            insert into people (user_id, name, external_id, created_at, updated_at)
            select 'p' || lpad(p::text, 3, '0'), case p when 1 then '=Ann' else 'Person ' || p end, case when p < 3 then p::text end,
                   '2026-01-01T00:00:00Z', '2026-01-01T00:00:00Z'
            from generate_series(1, 500) p;
            insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)
            select 'p' || lpad(p::text, 3, '0'), d + n * interval '8 hours', d::date, n, case n when 1 then 'in' else 'out' end, 0.9, 0.6
            from generate_series(timestamptz '2026-01-01T00:00:00Z', timestamptz '2026-04-10T00:00:00Z', interval '1 day') d
            cross join generate_series(1, 500) p
            cross join generate_series(1, 2) n;
            analyze""";

    @TempDir
    static Path folder;

    private static EmbeddedPostgres database;
    private static RunningService service;

    @BeforeAll
    static void start() throws Exception {
        database = PreparedServer.start(folder.resolve("database"));
        ask("alter database postgres set track_functions = 'all'");
        service = RunningService.start(
                Files.createDirectory(folder.resolve("service")),
                Map.of(
                        "API_KEY",
                        RunningService.KEY,
                        "TIME_ZONE",
                        "UTC",
                        "DATABASE_URL",
                        SharedDatabaseIT.url(database)));
        ask("set timezone = 'UTC'; " + FILL);
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        database.close();
    }

    @Test
    void marksOfTwoDays_areEachThereOnce() throws Exception {
        Answer answer = service.get(MARKS + "?from=2026-02-01&to=2026-02-02");

        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.response().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"rollcall-marks.csv\"");
        List<CSVRecord> rows = csv(answer);
        assertThat(new TreeSet<>(rows.stream().map(row -> row.get("mark_id")).toList()))
                .hasSize(2000)
                .hasSameSizeAs(rows);
        assertThat(rows.get(0).get("name")).isEqualTo("'=Ann");
        assertThat(rows.get(0).get("marked_at")).isEqualTo("2026-02-01T08:00:00.000000+00:00");
    }

    @Test
    void filtersAndOrder_areThoseOfTheList() throws Exception {
        List<CSVRecord> rows = csv(service.get(MARKS + "?user_id=p007&direction=out&order=newest"));

        assertThat(rows).hasSize(100).allSatisfy(row -> assertThat(row.get("user_id"))
                .isEqualTo("p007"));
        assertThat(rows.get(0).get("work_date")).isEqualTo("2026-04-10");
    }

    @Test
    void workbook_isOpenedAgain() throws Exception {
        Answer answer = service.get(MARKS + "?from=2026-02-01&to=2026-02-01&format=xlsx");

        try (ReadableWorkbook workbook =
                new ReadableWorkbook(new ByteArrayInputStream(answer.response().body()))) {
            List<Row> rows = workbook.getFirstSheet().read();
            assertThat(rows).hasSize(1001);
            assertThat(rows.get(1).getCellText(2)).isEqualTo("=Ann");
        }
    }

    @Test
    void sheets_haveOneRowForEachDayOrPerson() throws Exception {
        assertThat(csv(service.get("/v1/exports/days?from=2026-02-01&to=2026-02-28&user_id=p001")))
                .hasSize(28)
                .allSatisfy(row -> assertThat(row.get("worked_hours")).isEqualTo("8.0000"));
        assertThat(csv(service.get("/v1/exports/months?month=2026-02")))
                .hasSize(500)
                .allSatisfy(row -> assertThat(row.get("worked_hours")).isEqualTo("224.0000"));
    }

    @Test
    void monthToSign_isAPdfOfThePerson() throws Exception {
        Answer answer = service.get("/v1/exports/people/p001/month?month=2026-02&language=de");

        assertThat(answer.response().headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"rollcall-p001-2026-02.pdf\"");
        assertThat(new PdfTextExtractor(new PdfReader(answer.response().body())).getTextFromPage(1))
                .contains("Monatsblatt Februar 2026", "p001", "=Ann", "224:00");
    }

    @Test
    void calendar_hasAnEventForEachDayWithMarks() throws Exception {
        Answer answer = service.get("/v1/exports/people/p002/calendar?from=2026-02-01&to=2026-02-28");

        assertThat(text(answer).split("BEGIN:VEVENT", -1)).hasSize(29);
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("text/calendar;charset=UTF-8");
    }

    @Test
    void payroll_isOfPeopleWithNumbersAlone() throws Exception {
        String lodas = "/v1/exports/payroll?preset=datev_lodas&consultant=1234&client=1&wage_type=100&month=2026-02";

        assertThat(text(service.get(lodas + "&user_id=p001"))).endsWith("1;01.02.2026;224,00;1;100;1;\r\n");
        Answer refused = service.get(lodas);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("detail").asText()).endsWith(": p003, p004, p005, p006, p007");
    }

    @Test
    void payrollOfAMonthWithAForgottenCheckOut_isRefusedUnlessItMayBeLeftOut() throws Exception {
        String payroll = "/v1/exports/payroll?month=2026-05";
        ask("insert into attendance (user_id, marked_at, work_date, number, direction, confidence, similarity)"
                + " values ('p009', '2026-05-20T08:00:00Z', '2026-05-20', 1, 'in', 0.9, 0.6)");

        Answer refused = service.get(payroll);

        assertThat(refused.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refused.body().path("field").asText()).isEqualTo("unknown");
        assertThat(refused.body().path("detail").asText()).contains(": p009;");
        assertThat(text(service.get(payroll + "&unknown=skip"))).contains("p009");
        assertThat(service.get(payroll + "&unknown=no").code()).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void everyFile_isInTheAuditLog() throws Exception {
        service.get("/v1/exports/days?from=2026-01-02&to=2026-01-02&format=xlsx&user_id=p011");
        service.get("/v1/exports/payroll?month=2026-01&user_id=p011");
        service.get("/v1/exports/people/p011/month?month=2026-01");
        service.get("/v1/exports/people/p011/calendar?from=2026-01-02&to=2026-01-02");

        List<String> noted = new ArrayList<>();
        service.get("/v1/audit?action=EXPORTED&user_id=p011")
                .body()
                .path("items")
                .forEach(entry -> noted.add(entry.path("details").toString()));

        assertThat(noted)
                .containsExactly(
                        "{\"file\":\"calendar\",\"filter\":{\"to\":\"2026-01-02\",\"from\":\"2026-01-02\"},\"format\":\"ics\"}",
                        "{\"file\":\"month\",\"filter\":{\"month\":\"2026-01\"},\"format\":\"pdf\"}",
                        "{\"file\":\"payroll\",\"filter\":{\"month\":\"2026-01\"},\"format\":\"generic\"}",
                        "{\"file\":\"days\",\"filter\":{\"to\":\"2026-01-02\",\"from\":\"2026-01-02\"},\"format\":\"xlsx\"}");
    }

    @Test
    void exportOfAPerson_hasTheMonthsSinceTheFirstMark() throws Exception {
        JsonNode sheets = service.get("/v1/people/p012/export").body().path("sheets");

        assertThat(sheets.at("/0/month").asText()).isEqualTo("2026-01");
        assertThat(sheets.at("/0/worked_seconds").asLong()).isEqualTo(31 * 8 * 3600);
        assertThat(sheets.at("/1/days")).hasSize(28);
        assertThat(sheets.at("/1/days/0/status").asText()).isEqualTo("present");
        assertThat(sheets).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                MARKS + "?format=pdf",
                MARKS + "?limit=1",
                MARKS + "?from=yesterday",
                "/v1/exports/days",
                "/v1/exports/months",
                "/v1/exports/payroll?preset=other&month=2026-02",
                "/v1/exports/payroll?preset=datev_lodas&month=2026-02",
                "/v1/exports/people/p001/month?month=2026-02&language=../en",
                "/v1/exports/people/p001/calendar?from=2026-02-01&to=2027-12-31"
            })
    void whatIsNotUnderstood_isRefusedBeforeAFileBegins(String path) throws Exception {
        assertThat(service.get(path).code()).isEqualTo("INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({"month?month=2026-02", "calendar?from=2026-02-01&to=2026-02-02"})
    void fileOfNobody_isRefused(String call) throws Exception {
        assertThat(service.get("/v1/exports/people/nobody/" + call).code()).isEqualTo("NOT_ENROLLED");
    }

    @Test
    void head_hasTheHeadersAlone() throws Exception {
        Answer answer = service.send(HttpRequest.newBuilder(service.address().resolve(MARKS))
                .header("X-API-Key", RunningService.KEY)
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.response().headers().firstValue("Content-Type")).hasValue("text/csv;charset=UTF-8");
        assertThat(answer.response().body()).isEmpty();
    }

    @Test
    void clientThatHangsUp_endsTheWorkOfTheDatabase() throws Exception {
        long before = settled(IDLE_FLUSH);
        try (Socket client = begun(MARKS)) {
            assertThat(client.getInputStream().readNBytes(10_000)).hasSize(10_000);
        }

        for (int i = 0; i < 60 && pages() == before; i++) {
            Thread.sleep(500);
        }
        long pages = settled(Duration.ofSeconds(2)) - before;

        assertThat(pages).isBetween(1L, PAGES_OF_ALL * 3L / 4);
        assertThat(service.log()).doesNotContain("\tat ");
    }

    @Test
    void moreThanAFewExports_areRefusedWhileOtherCallsGoOn() throws Exception {
        List<Socket> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                Socket client = begun(MARKS);
                clients.add(client);
                assertThat(client.getInputStream().readNBytes(1000)).hasSize(1000);
            }

            assertThat(service.get(MARKS + "?user_id=p001").code()).isEqualTo("OVERLOADED");
            assertThat(service.get("/v1/attendance?user_id=p001").status()).isEqualTo(200);
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
        settled(Duration.ofSeconds(2));
        assertThat(service.get(MARKS + "?user_id=p001").status()).isEqualTo(200);
    }

    /** A client that takes little at a time and has sent its request. */
    private static Socket begun(String path) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(4096);
        client.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(), service.address().getPort()));
        client.setSoTimeout(30_000);
        client.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + RunningService.KEY + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        return client;
    }

    /** How many pages of marks the database says that it has read, when the number has stayed for some time. */
    private static long settled(Duration quiet) throws Exception {
        long pages = pages();
        for (int i = 0; i < 10; i++) {
            Thread.sleep(quiet.toMillis());
            long now = pages();
            if (now == pages) {
                return pages;
            }
            pages = now;
        }
        throw new AssertionError("the database goes on reading");
    }

    private static long pages() throws SQLException {
        return Long.parseLong(
                ask("select coalesce(sum(calls), 0) from pg_stat_user_functions where funcname = 'list_attendance'"));
    }

    private static String ask(String sql) throws SQLException {
        EmbeddedPostgres.Access access = database.access();
        try (Connection connection = DriverManager.getConnection(access.jdbcUrl(), access.user(), access.password());
                Statement statement = connection.createStatement()) {
            boolean hasRows = statement.execute(sql);
            if (!hasRows) {
                return "";
            }
            try (ResultSet rows = statement.getResultSet()) {
                rows.next();
                return rows.getString(1);
            }
        }
    }

    private static String text(Answer answer) {
        assertThat(answer.status()).isEqualTo(200);
        return new String(answer.response().body(), StandardCharsets.UTF_8);
    }

    private static List<CSVRecord> csv(Answer answer) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new StringReader(text(answer)))
                .getRecords();
    }
}
