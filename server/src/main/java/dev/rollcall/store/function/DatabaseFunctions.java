package dev.rollcall.store.function;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.outcome.StoreHealth;
import dev.rollcall.outcome.StoreUnavailableException;

/**
 * A database whose schema's functions can be called. Implementations differ in the connection, and are safe for use by
 * several threads.
 */
public interface DatabaseFunctions extends StoreHealth, AutoCloseable {

    /**
     * Calls a function.
     *
     * @return its result, a JSON null if it has none
     * @throws StoreUnavailableException if the database can't be reached or doesn't respond in time
     */
    JsonNode call(FunctionCall call);

    /**
     * Calls {@code list_templates}, whose result may be too large to be read as text.
     *
     * @param afterId only templates with a greater id
     * @param limit most templates, at least 1
     * @throws StoreUnavailableException if the database can't be reached or doesn't respond in time
     */
    TemplatePage templates(String modelId, long afterId, int limit);

    /**
     * Calls {@code list_changed_templates}, whose result may be too large to be read as text.
     *
     * @param afterChange only people with a later change
     * @param limit most people, at least 1
     * @throws StoreUnavailableException if the database can't be reached or doesn't respond in time
     */
    ChangePage changedTemplates(String modelId, long afterChange, int limit);

    @Override
    void close();
}
