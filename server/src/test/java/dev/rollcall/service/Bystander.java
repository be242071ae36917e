package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** A client with a valid key that asks all the time, each time on a connection of its own, while others attack. */
final class Bystander implements AutoCloseable {

    private static final long PAUSE_MS = 200;

    /** The bound of the documents for any crowd and any uploads. */
    private static final long MOST_KILOBYTES = 250_000;

    private static final String REQUEST =
            "GET /v1/people?limit=1 HTTP/1.1\r\nHost: a\r\nConnection: close\r\nX-API-Key: " + RunningService.KEY
                    + "\r\n\r\n";

    private final RunningService service;
    private final List<Integer> statuses = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "bystander");
    private volatile boolean leaving;

    private Bystander(RunningService service) {
        this.service = service;
    }

    static Bystander of(RunningService service) {
        Bystander bystander = new Bystander(service);
        bystander.thread.start();
        return bystander;
    }

    private void run() {
        try {
            do {
                statuses.add(ask());
                Thread.sleep(PAUSE_MS);
            } while (!leaving);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int ask() {
        try (Socket socket = RawRequest.open(service.address())) {
            RawRequest.write(socket, REQUEST);
            return RawRequest.read(socket).status();
        } catch (IOException e) {
            return -1;
        }
    }

    /** Ends the asking; every request must have been served, and the service must be alive within its memory. */
    @Override
    public void close() throws IOException, InterruptedException {
        leaving = true;
        thread.join();
        assertThat(statuses).isNotEmpty().containsOnly(200);
        assertThat(service.isAlive()).isTrue();
        assertThat(service.peakResidentKilobytes()).isLessThan(MOST_KILOBYTES);
        assertThat(service.log()).doesNotContain("OutOfMemoryError");
    }
}
