package dev.rollcall.recognition;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * The keys of repeated requests whose first request is under way in this process. Safe for use by several threads.
 */
final class KeysUnderWay {

    private final ConcurrentMap<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    /**
     * Carries work out; while the same key's work is under way in another thread, waits for that first. Those that
     * waited for the same work go on together, so that none waits for more than one.
     */
    <T> T afterTheFirst(String key, Supplier<T> work) {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        CompletableFuture<Void> first = underWay.putIfAbsent(key, ended);
        if (first != null) {
            first.join();
            return work.get();
        }
        try {
            return work.get();
        } finally {
            underWay.remove(key);
            ended.complete(null);
        }
    }
}
