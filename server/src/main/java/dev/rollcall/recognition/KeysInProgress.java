package dev.rollcall.recognition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The idempotency keys of the requests in progress in this process. Safe for use by several threads.
 */
final class KeysInProgress {

    private final ConcurrentMap<String, CompletableFuture<Void>> inProgress = new ConcurrentHashMap<>();

    /**
     * Runs work; if work under the same key is in progress in another thread, waits for its end first. Threads that waited
     * for the same work then run concurrently, so none waits more than once.
     */
    <T> T runAfterFirst(String key, Supplier<T> work) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<Void> first = inProgress.putIfAbsent(key, ended);
        if (first != null) {
            first.join();
            return work.get();
        }
        try {
            return work.get();
        } finally {
            inProgress.remove(key);
            ended.complete(null);
        }
    }
}
