package dev.rollcall.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.service.RunningService.Answer;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A client that wants one mark after another for one person, from a service that fails, and remembers what it was
 * answered. With keys, it repeats a request that got no final answer under the same key.
 */
final class MarkStream implements Runnable {

    private static final String NOON_ZONE = zoneOfNoon();

    private final Supplier<RunningService> service;
    private final String person;
    private final byte[] picture;
    private final boolean keys;
    private final Map<String, Long> idsByKey = new ConcurrentHashMap<>();
    private final Set<Integer> statuses = new HashSet<>();
    private volatile boolean stopped;
    private final AtomicInteger answered = new AtomicInteger();
    private String key = UUID.randomUUID().toString();
    private int unanswered;

    MarkStream(Supplier<RunningService> service, String person, byte[] picture, boolean keys) {
        this.service = service;
        this.person = person;
        this.picture = picture;
        this.keys = keys;
    }

    /** A time zone in which it is around noon, so that a test doesn't run into the next work date; the same for all tests of this process. */
    static String noonZone() {
        return NOON_ZONE;
    }

    private static String zoneOfNoon() {
        int hours = 12 - LocalTime.now(ZoneOffset.UTC).getHour();
        return hours >= 0 ? "Etc/GMT-" + hours : "Etc/GMT+" + -hours;
    }

    @Override
    public void run() {
        while (!stopped) {
            try {
                ask();
            } catch (IOException e) {
                unanswered++;
                pause();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void ask() throws IOException, InterruptedException {
        Answer answer = keys
                ? service.get().recognize(person, picture, key)
                : service.get().recognize(person, picture);
        statuses.add(answer.status());
        if (answer.status() == 503) {
            unanswered++;
            pause();
            return;
        }
        if (answer.status() == 200) {
            idsByKey.put(key, answer.body().at("/attendance/id").asLong());
        }
        answered.incrementAndGet();
        key = UUID.randomUUID().toString();
    }

    private static void pause() {
        try {
            Thread.sleep(30);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void stop() {
        stopped = true;
    }

    static int acknowledged(List<MarkStream> streams) {
        return streams.stream().mapToInt(stream -> stream.idsByKey.size()).sum();
    }

    /** Waits until clients have got so many more marks or refusals. */
    static void awaitAnswers(List<MarkStream> streams, int more) throws InterruptedException {
        int wanted = answered(streams) + more;
        for (int i = 0; i < 6_000 && answered(streams) < wanted; i++) {
            Thread.sleep(10);
        }
        assertThat(answered(streams)).isGreaterThanOrEqualTo(wanted);
    }

    private static int answered(List<MarkStream> streams) {
        return streams.stream().mapToInt(stream -> stream.answered.get()).sum();
    }

    Set<Integer> statuses() {
        return statuses;
    }

    /** Starts clients on threads of their own. */
    static List<Thread> start(List<MarkStream> streams) {
        List<Thread> threads = new ArrayList<>();
        for (MarkStream stream : streams) {
            Thread thread = new Thread(stream, "client of " + stream.person);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    /** Stops clients and waits for them. */
    static void stop(List<MarkStream> streams, List<Thread> threads) throws InterruptedException {
        streams.forEach(MarkStream::stop);
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /**
     * Makes sure that every acknowledged mark is there once, that numbers have neither gaps nor doubles, and that there
     * are no more marks than allowed; with keys also that there is no mark beyond the acknowledged ones but for the
     * last request of each client.
     */
    static void verify(List<MarkStream> streams, List<JsonNode> marks, int limit) {
        List<Long> acknowledged = new ArrayList<>();
        streams.forEach(stream -> acknowledged.addAll(stream.idsByKey.values()));
        List<Long> kept = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (JsonNode mark : marks) {
            kept.add(mark.path("id").asLong());
            numbers.add(mark.path("number").asInt());
        }
        assertThat(acknowledged).isNotEmpty().doesNotHaveDuplicates();
        assertThat(kept).doesNotHaveDuplicates().containsAll(acknowledged);
        assertThat(numbers.stream().sorted().toList())
                .isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
        assertThat(marks.size()).isLessThanOrEqualTo(limit);
        int unknown = marks.size() - acknowledged.size();
        int explained = streams.stream()
                .mapToInt(stream -> stream.keys ? 1 : stream.unanswered)
                .sum();
        assertThat(unknown).isBetween(0, explained);
    }

    /** Repeats some of the acknowledged requests and makes sure that the answers are the same. */
    void verifyRepetitions(int most) throws IOException, InterruptedException {
        int repeated = 0;
        for (Map.Entry<String, Long> acknowledgment : idsByKey.entrySet()) {
            if (repeated++ == most) {
                return;
            }
            Answer again = service.get().recognize(person, picture, acknowledgment.getKey());
            assertThat(again.body().at("/attendance/id").asLong()).isEqualTo(acknowledgment.getValue());
        }
    }
}
