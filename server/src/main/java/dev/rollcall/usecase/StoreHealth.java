package dev.rollcall.usecase;

/** Whether the store can serve. */
public interface StoreHealth {

    /** The kind of store: {@code embedded} or {@code postgres}. */
    String kind();

    /** Whether the store answers right now; never throws, and answers within seconds. */
    boolean reachable();
}
