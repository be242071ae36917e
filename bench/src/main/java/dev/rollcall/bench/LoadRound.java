package dev.rollcall.bench;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A number of clients that each send one request after another, for some seconds, over a connection of their own. */
final class LoadRound {

    private static final int LIMIT_MS = 60_000;
    private static final int OK = 200;
    private static final int BUSY = 503;

    private final int port;
    private final List<byte[]> requests;

    /**
     * Prepares a round.
     *
     * @param requests heads and bodies; each client repeats one of them
     */
    LoadRound(int port, List<byte[]> requests) {
        this.port = port;
        this.requests = requests;
    }

    /** A POST of a picture in JSON, as bytes. */
    static byte[] post(String path, String fields, byte[] picture) {
        String body = "{" + fields + ",\"image\":\"" + Base64.getEncoder().encodeToString(picture) + "\"}";
        String head = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nX-API-Key: " + LoadedService.KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return (head + body).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The result of a round.
     *
     * @param milliseconds of the requests that were served, ascending
     * @param refused number of responses of status 503
     * @param failed number of other responses by status; 0 stands for a broken connection
     */
    record Outcome(
            int clients, double seconds, List<Double> milliseconds, int refused, TreeMap<Integer, Integer> failed) {

        double perSecond() {
            return milliseconds.size() / seconds;
        }

        /** The duration that a part of the requests, 0…1, didn't exceed; 0 if there were none. */
        double percentile(double part) {
            return milliseconds.isEmpty() ? 0 : milliseconds.get((int) (part * (milliseconds.size() - 1)));
        }
    }

    /** One response; the status is 0 when the connection broke. */
    private record Response(int status, double milliseconds) {}

    /** Sends requests for some seconds, and one per client at least; waits for the last responses. */
    Outcome run(int clients, double seconds) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        List<Response> responses = new ArrayList<>();
        try {
            List<Future<List<Response>>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                byte[] request = requests.get(i % requests.size());
                all.add(threads.submit(() -> sentUntil(end, request)));
            }
            for (Future<List<Response>> one : all) {
                responses.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a client failed", e);
        } finally {
            threads.shutdownNow();
        }
        return outcome(clients, (System.nanoTime() - start) / 1e9, responses);
    }

    private static Outcome outcome(int clients, double seconds, List<Response> responses) {
        List<Double> durations = new ArrayList<>();
        TreeMap<Integer, Integer> failed = new TreeMap<>();
        int refused = 0;
        for (Response response : responses) {
            if (response.status() == OK) {
                durations.add(response.milliseconds());
            } else if (response.status() == BUSY) {
                refused++;
            } else {
                failed.merge(response.status(), 1, Integer::sum);
            }
        }
        durations.sort(null);
        return new Outcome(clients, seconds, durations, refused, failed);
    }

    private List<Response> sentUntil(long end, byte[] request) throws IOException {
        List<Response> responses = new ArrayList<>();
        Socket socket = null;
        try {
            do {
                long start = System.nanoTime();
                int status = 0;
                try {
                    if (socket == null) {
                        socket = new Socket(InetAddress.getLoopbackAddress(), port);
                        socket.setSoTimeout(LIMIT_MS);
                        socket.setTcpNoDelay(true);
                    }
                    socket.getOutputStream().write(request);
                    status = status(new BufferedInputStream(socket.getInputStream()));
                } catch (IOException e) {
                    if (socket != null) {
                        socket.close();
                    }
                    socket = null;
                }
                responses.add(new Response(status, (System.nanoTime() - start) / 1e6));
            } while (System.nanoTime() < end);
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
        return responses;
    }

    /** Reads a response to its end and returns its status. */
    private static int status(InputStream in) throws IOException {
        String head = head(in);
        int length = 0;
        for (String line : head.split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        in.skipNBytes(length);
        return Integer.parseInt(head.substring(9, 12));
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int newlines = 0;
        while (newlines < 2) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the connection was closed");
            }
            head.write(next);
            newlines = next == '\n' ? newlines + 1 : next == '\r' ? newlines : 0;
        }
        return head.toString(StandardCharsets.US_ASCII);
    }
}
