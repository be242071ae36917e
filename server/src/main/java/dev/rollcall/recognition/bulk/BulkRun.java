package dev.rollcall.recognition.bulk;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The enrollment of all people of a plan by several threads. */
public final class BulkRun {

    private final BulkEnrollment enrollment;
    private final BulkEnrollment.Files files;

    public BulkRun(BulkEnrollment enrollment, BulkEnrollment.Files files) {
        this.enrollment = enrollment;
        this.files = files;
    }

    /**
     * Enrolls everybody; after a failure or an interruption the pictures under way are finished and no further one begins. No thread
     * is at work any more when this method ends, however it does.
     *
     * @throws InterruptedException if the calling thread was interrupted
     * @throws IOException if a result can't be noted
     * @throws dev.rollcall.outcome.StoreUnavailableException if the database can't be reached
     */
    public void enroll(List<PersonToEnroll> people, int threads) throws IOException, InterruptedException {
        Iterator<PersonToEnroll> remaining = people.iterator();
        AtomicBoolean failed = new AtomicBoolean();
        StopCheck stopCheck = () -> !failed.get() && files.stopCheck().mayGoOn();
        BulkEnrollment.Files shared =
                new BulkEnrollment.Files(files.pictures(), files.ledger(), stopCheck, files.caller());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<? extends Future<?>> workers = IntStream.range(0, threads)
                    .mapToObj(i -> pool.submit(() -> {
                        work(remaining, shared, failed);
                        return true;
                    }))
                    .toList();
            Throwable failure = null;
            for (Future<?> worker : workers) {
                try {
                    worker.get();
                } catch (ExecutionException e) {
                    failure = failure == null ? e.getCause() : failure;
                }
            }
            rethrow(failure);
        } finally {
            failed.set(true);
            end(pool);
        }
    }

    /**
     * Waits for the workers, also if this thread is interrupted. They are not interrupted themselves, since that would close the
     * ledger's channel before what they enrolled was noted.
     */
    private static void end(ExecutorService pool) {
        pool.shutdown();
        boolean isInterrupted = false;
        boolean isOver = false;
        while (!isOver) {
            try {
                isOver = pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work(Iterator<PersonToEnroll> remaining, BulkEnrollment.Files shared, AtomicBoolean failed)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            PersonToEnroll person = next(remaining);
            while (person != null && shared.stopCheck().mayGoOn()) {
                enrollment.enroll(person, shared);
                person = next(remaining);
            }
            done = true;
        } finally {
            if (!done) {
                failed.set(true);
            }
        }
    }

    private static @Nullable PersonToEnroll next(Iterator<PersonToEnroll> remaining) {
        synchronized (remaining) {
            return remaining.hasNext() ? remaining.next() : null;
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException, InterruptedException {
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof InterruptedException interrupted) {
            throw interrupted;
        }
        if (failure instanceof RuntimeException runtime) {
            throw runtime;
        }
        if (failure != null) {
            throw new IllegalStateException("an enrollment failed", failure);
        }
    }
}
