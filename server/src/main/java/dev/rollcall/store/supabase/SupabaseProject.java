package dev.rollcall.store.supabase;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rollcall.outcome.StoreSetupException;
import dev.rollcall.outcome.StoreUnavailableException;
import dev.rollcall.store.function.ChangePage;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.function.FunctionCall;
import dev.rollcall.store.function.RefusedWrites;
import dev.rollcall.store.function.Schema;
import dev.rollcall.store.function.TemplatePage;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * A Supabase project's database, over the project's REST interface. Calls that failed are made again where that is safe. Safe for use
 * by several threads.
 */
public final class SupabaseProject implements DatabaseFunctions {

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(15);
    private static final Duration SLOW_LIMIT = Duration.ofMinutes(10);
    private static final Duration HEALTH_LIMIT = Duration.ofSeconds(3);
    private static final int TRIES = 3;
    private static final long PAUSE_MS = 150;
    private static final long MAX_PAUSE_MS = 600;

    /** How long after the first try another one may still begin. */
    private static final Duration RETRY_WINDOW = Duration.ofSeconds(5);

    private final RestClient rest;
    private final RefusedWrites refusedWrites = new RefusedWrites();

    private SupabaseProject(Address address) {
        rest = new RestClient(address);
    }

    /**
     * Where a project is.
     *
     * @param url the project's URL, such as {@code https://abcdefgh.supabase.co}
     * @param key its secret key, or the older service_role key
     */
    public record Address(URI url, String key) {

        @Override
        public String toString() {
            return "Address[" + url + "]";
        }
    }

    /**
     * Makes sure that the project can be reached with the key and has the schema.
     *
     * @throws StoreUnavailableException if the project can't be reached
     * @throws StoreSetupException if the key is of no use, or the schema is missing, older or newer
     */
    public static SupabaseProject open(Address address) {
        SupabaseProject project = new SupabaseProject(address);
        project.checkVersion();
        return project;
    }

    private void checkVersion() {
        Schema.State present;
        try {
            present = Schema.stateOf(this);
        } catch (RestError.Refused e) {
            throw new StoreSetupException("Supabase refuses SUPABASE_KEY: " + e.getMessage()
                    + ". It must be the project's secret key (sb_secret_…) or its service_role key, not the"
                    + " publishable or anon key");
        } catch (RestError.NotExposed e) {
            throw new StoreSetupException("the Supabase project doesn't expose the schema public: add it to the exposed"
                    + " schemas under Data API in the project's settings");
        } catch (RestError.NoFunction e) {
            throw schemaMissing("has no Rollcall schema");
        } catch (IllegalStateException e) {
            throw new StoreSetupException(
                    "what SUPABASE_URL leads to does not respond as a Supabase project with Rollcall's" + " schema: "
                            + e.getMessage());
        }
        present.refuseNewer();
        if (present.version() < Schema.VERSION) {
            throw schemaMissing("has version " + present.version() + " of Rollcall's schema, and this program needs "
                    + Schema.VERSION);
        }
        if (!present.isUsable()) {
            throw schemaMissing("has other functions in Rollcall's schema than this program needs (revision "
                    + present.revision() + ", and " + Schema.REVISION + " is needed)");
        }
    }

    private static StoreSetupException schemaMissing(String what) {
        return new StoreSetupException("the Supabase project " + what
                + ". Run supabase_schema.sql (also printed by \"rollcall schema\") in its SQL editor");
    }

    @Override
    public JsonNode call(FunctionCall call) {
        long start = System.nanoTime();
        boolean nothingWritten = true;
        int failures = 0;
        while (true) {
            try {
                JsonNode result = rest.send(call, call.slow() ? SLOW_LIMIT : ANSWER_LIMIT);
                refusedWrites.succeeded(call);
                return result;
            } catch (StoreUnavailableException e) {
                boolean ofTheProject = e instanceof RestError.Refused || e instanceof RestError.NotExposed;
                if (ofTheProject && nothingWritten) {
                    throw e;
                }
                refusedWrites.failed(call, e instanceof RestError.Unavailable unavailable ? unavailable.code() : null);
                nothingWritten = nothingWritten && e.nothingWritten();
                failures += e instanceof RestError.TokenNotYetValid ? 0 : 1;
                boolean safe = e.nothingWritten() || call.effect().repeatable();
                boolean again = !ofTheProject && safe && failures < TRIES;
                boolean time = System.nanoTime() - start < RETRY_WINDOW.toNanos();
                if (!again || !time || !pause(failures)) {
                    throw new StoreUnavailableException(String.valueOf(e.getMessage()), nothingWritten, e);
                }
            }
        }
    }

    @Override
    public TemplatePage templates(String modelId, long afterId, int limit) {
        return TemplatePage.of(call(FunctionCall.reads("list_templates")
                .with("p_model", modelId)
                .with("p_after", afterId)
                .with("p_limit", limit)));
    }

    @Override
    public ChangePage changedTemplates(String modelId, long afterChange, int limit) {
        return ChangePage.of(call(FunctionCall.reads("list_changed_templates")
                .with("p_model", modelId)
                .with("p_after", afterChange)
                .with("p_limit", limit)));
    }

    private static boolean pause(int failures) {
        try {
            Thread.sleep(Math.min(PAUSE_MS << (failures + 1), MAX_PAUSE_MS));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public String kind() {
        return "supabase";
    }

    @Override
    public int schemaVersion() {
        return Schema.VERSION;
    }

    @Override
    public Optional<Problem> problem() {
        try {
            JsonNode state = healthState();
            Schema.State.of(state);
            if (state.path("standby").asBoolean()) {
                return Optional.of(Problem.STANDBY);
            }
            boolean full = state.path("read_only").asBoolean() || refusedWrites.diskFull();
            return full ? Optional.of(Problem.DISK_FULL) : Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(Problem.UNREACHABLE);
        }
    }

    /** The schema's state; a token of the future is no reason to say that the project can't be used. */
    private JsonNode healthState() {
        FunctionCall version = FunctionCall.reads("rollcall_schema_version");
        long end = System.nanoTime() + HEALTH_LIMIT.toNanos();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
            try {
                return rest.send(version, left);
            } catch (RestError.TokenNotYetValid e) {
                if (System.nanoTime() > end || !pause(0)) {
                    throw e;
                }
            }
        }
    }

    /** Nothing to do: the client's connections end with the process. */
    @Override
    public void close() {}
}
