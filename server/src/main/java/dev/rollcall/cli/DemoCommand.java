package dev.rollcall.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.cli.DemoClient.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code rollcall demo}: starts a service on a temporary folder, calls it over HTTP, prints the responses and stops it. */
@Command(
        name = "demo",
        description = "Start a service on a temporary data folder, enroll, recognise, refuse, and stop.",
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    private static final int CREATED = 201;
    private static final int OK = 200;
    private static final int FAILED = 1;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    private volatile @Nullable ServiceProcess service;
    private volatile boolean stopping;
    private int unexpected;

    @Override
    public Integer call() throws IOException, InterruptedException {
        DemoFolder folder = DemoFolder.create();
        Thread cleaning = new Thread(() -> clean(folder), "demo-clean");
        Runtime.getRuntime().addShutdownHook(cleaning);
        try {
            run(folder.path());
        } catch (IOException e) {
            if (!stopping) {
                say("%nThe demo failed: %s", String.valueOf(e.getMessage()));
            }
            return FAILED;
        } finally {
            clean(folder);
        }
        say("%nThe service is stopped and its folder removed.");
        if (unexpected > 0) {
            say("%d responses were not as expected.", unexpected);
        }
        return unexpected > 0 ? FAILED : 0;
    }

    private void run(Path folder) throws IOException, InterruptedException {
        say("Starting a service on %s", folder);
        String key = UUID.randomUUID().toString();
        ServiceProcess.Launch launch = new ServiceProcess.Launch(
                OwnProgram.serve(folder),
                folder,
                folder.resolve("service.log"),
                Map.of("API_KEY", key, "MIN_SECONDS_BETWEEN_MARKS", "0"));
        try (ServiceProcess started = ServiceProcess.start(launch)) {
            service = started;
            started.awaitHealthy();
            say("It listens on %s%n", started.address());
            show(new DemoClient(started.address(), key));
        }
    }

    /** Stops the service and removes its folder; also called by the shutdown hook. */
    private synchronized void clean(DemoFolder folder) {
        stopping = true;
        try {
            ServiceProcess running = service;
            if (running != null) {
                running.close();
            }
            folder.close();
        } catch (IOException e) {
            say("%s can't be removed: %s", folder.path(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(DemoClient client) throws IOException, InterruptedException {
        say("Enrolling %d people:", DemoPictures.PEOPLE.size());
        for (String person : DemoPictures.PEOPLE) {
            enroll(client, person);
        }
        say("%nRecognising geronimo, in another picture than the enrolled one:");
        byte[] geronimo = DemoPictures.anotherPicture("geronimo");
        marked(client.recognize("geronimo", geronimo));
        say("%nAnother person claims to be geronimo:");
        refused(client.recognize("geronimo", DemoPictures.portrait(DemoPictures.NOT_ENROLLED)), "NOT_MATCHED");
        say("%nA picture without a face:");
        refused(client.recognize("geronimo", DemoPictures.withoutFace()), "NO_FACE");
        say("%nSomebody who was never enrolled:");
        refused(client.recognize("nobody", geronimo), "NOT_ENROLLED");
        say("%nThe second and the third mark of the day (the demo runs with MIN_SECONDS_BETWEEN_MARKS=0):");
        marked(client.recognize("geronimo", geronimo));
        refused(client.recognize("geronimo", geronimo), "DAILY_LIMIT_REACHED");
        say("%nAnother person's mark:");
        marked(client.recognize("manuel", DemoPictures.anotherPicture("manuel")));
        table(client.attendance());
    }

    private void enroll(DemoClient client, String person) throws IOException, InterruptedException {
        String name = Character.toUpperCase(person.charAt(0)) + person.substring(1);
        Reply reply = client.enroll(person, name, DemoPictures.portrait(person));
        expect(reply.status() == CREATED);
        JsonNode body = reply.body();
        say(
                "  POST /enroll     %d  %-11s face %sx%s px, liveness %s",
                reply.status(),
                person,
                body.at("/face/width").asText(),
                body.at("/face/height").asText(),
                body.at("/liveness/score").asText());
    }

    private void marked(Reply reply) {
        if (reply.status() != OK) {
            expect(false);
            refused(reply, "");
            return;
        }
        JsonNode body = reply.body();
        say(
                "  POST /recognize  %d  %s, confidence %s, mark %s (%s), %s left today",
                reply.status(),
                body.path("name").asText(),
                body.path("confidence").asText(),
                body.at("/attendance/number").asText(),
                body.at("/attendance/direction").asText(),
                body.at("/attendance/remaining_today").asText());
    }

    private void refused(Reply reply, String code) {
        JsonNode body = reply.body();
        expect(body.path("code").asText().equals(code));
        String confidence = body.has("confidence")
                ? " (confidence " + body.get("confidence").asText() + ")"
                : "";
        say(
                "  POST /recognize  %d  %s%s: %s",
                reply.status(),
                body.path("code").asText(),
                confidence,
                body.path("detail").asText());
    }

    private void table(Reply reply) {
        expect(reply.status() == OK);
        say("%nGET /v1/attendance");
        String format = "  %-4s %-10s %-28s %-11s %-6s %-9s %s";
        say(format, "id", "user_id", "marked_at", "work_date", "number", "direction", "confidence");
        for (JsonNode item : reply.body().path("items")) {
            say(
                    format,
                    item.path("id").asText(),
                    item.path("user_id").asText(),
                    item.path("marked_at").asText(),
                    item.path("work_date").asText(),
                    item.path("number").asText(),
                    item.path("direction").asText(),
                    item.path("confidence").asText());
        }
    }

    private void expect(boolean asExpected) {
        if (!asExpected) {
            unexpected++;
        }
    }

    private void say(String format, Object... arguments) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(format.formatted(arguments));
        out.flush();
    }
}
