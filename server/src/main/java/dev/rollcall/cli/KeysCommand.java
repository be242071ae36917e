package dev.rollcall.cli;

import dev.rollcall.cli.RollcallCommand.Stores;
import dev.rollcall.keys.ApiKey;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Caller;
import dev.rollcall.keys.KeyPosition;
import dev.rollcall.keys.Scope;
import dev.rollcall.outcome.Page;
import dev.rollcall.people.PersonName;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code rollcall keys}, which creates, lists and revokes API keys. */
@Command(
        name = "keys",
        description = "Create, list and revoke API keys.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {

    private static final int FAILED = 1;

    private KeysCommand() {}

    static CommandLine line(Stores stores) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new Create(stores))
                .addSubcommand(new ListAll(stores))
                .addSubcommand(new Revoke(stores));
    }

    private static String names(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).collect(Collectors.joining(","));
    }

    @Command(
            name = "create",
            description = "Create a key and print it; it is shown only now.",
            mixinStandardHelpOptions = true)
    private static final class Create implements Callable<Integer> {

        private final Stores stores;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Option(names = "--name", required = true, description = "Who or what uses it.")
        private String name = "";

        @Option(
                names = "--scope",
                required = true,
                split = ",",
                description = "What it permits: admin, enroll, recognize, read, directory; may be repeated.")
        private List<String> scopes = List.of();

        @Option(names = "--site", description = "The site whose marks are made with it; default by default.")
        private String site = ApiKey.DEFAULT_SITE;

        @Option(names = "--days", description = "Days until it expires; never by default.")
        private @Nullable Integer days;

        Create(Stores stores) {
            this.stores = stores;
        }

        @Override
        public Integer call() throws Exception {
            String validName = PersonName.parse(name)
                    .orElseThrow(() -> invalid("--name must be 1 to 200 visible characters on one line"))
                    .value();
            Set<Scope> permitted = EnumSet.noneOf(Scope.class);
            for (String scope : scopes) {
                permitted.add(Scope.parse(scope)
                        .filter(Scope::isForAnyKey)
                        .orElseThrow(() ->
                                invalid("--scope must be admin, enroll, recognize, read or directory, not " + scope)));
            }
            Instant expiresAt = expiresAt();
            return stores.with(store -> {
                PrintWriter err = spec.commandLine().getErr();
                Optional<ApiKeys.CreatedKey> made =
                        store.keys().create(validName, permitted, site, expiresAt, Caller.COMMAND_LINE);
                if (made.isEmpty()) {
                    err.println("There is no site with this id.");
                    err.flush();
                    return FAILED;
                }
                ApiKeys.CreatedKey created = made.get();
                err.printf(
                        "Key %s, %s, %s. It is shown only now:%n",
                        created.key().id(),
                        names(created.key().scopes()),
                        expiresAt == null ? "for ever" : "until " + expiresAt);
                err.flush();
                print(spec, created.secret());
                return 0;
            });
        }

        private @Nullable Instant expiresAt() {
            if (days == null) {
                return null;
            }
            if (days < 1 || days > 36_500) {
                throw invalid("--days must be 1 to 36500");
            }
            return Instant.now().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.SECONDS);
        }

        private ParameterException invalid(String problem) {
            return new ParameterException(spec.commandLine(), problem);
        }
    }

    @Command(name = "list", description = "List all keys without their secrets.", mixinStandardHelpOptions = true)
    private static final class ListAll implements Callable<Integer> {

        private static final int ROWS_AT_ONCE = 500;
        private static final String ROW = "%-12s  %-24s  %-12s  %-30s  %-9s  %-17s  %s";

        private final Stores stores;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        ListAll(Stores stores) {
            this.stores = stores;
        }

        @Override
        public Integer call() throws Exception {
            return stores.with(store -> {
                print(spec, ROW.formatted("id", "name", "site", "scopes", "state", "last use (UTC)", "expires (UTC)"));
                Page<ApiKey> page;
                KeyPosition after = null;
                do {
                    page = store.keys().page(after, ROWS_AT_ONCE);
                    page.items().forEach(this::printRow);
                    after = page.next().flatMap(KeyPosition::parse).orElse(null);
                } while (after != null);
                return 0;
            });
        }

        private void printRow(ApiKey key) {
            print(
                    spec,
                    ROW.formatted(
                            key.id(),
                            key.name(),
                            key.site(),
                            names(key.scopes()),
                            state(key),
                            minute(key.lastUsedAt()),
                            minute(key.expiresAt())));
        }

        private static String state(ApiKey key) {
            if (key.revokedAt() != null) {
                return "revoked";
            }
            Instant expiresAt = key.expiresAt();
            return expiresAt != null && !expiresAt.isAfter(Instant.now()) ? "expired" : "valid";
        }

        private static String minute(@Nullable Instant instant) {
            return instant == null
                    ? "never"
                    : instant.truncatedTo(ChronoUnit.MINUTES).toString();
        }
    }

    @Command(
            name = "revoke",
            description = "Revoke a key, for every instance at once.",
            mixinStandardHelpOptions = true)
    private static final class Revoke implements Callable<Integer> {

        private final Stores stores;

        @Spec
        @SuppressWarnings("NullAway.Init")
        private CommandSpec spec;

        @Parameters(paramLabel = "ID", description = "The key's id, as \"keys list\" shows it.")
        private String id = "";

        Revoke(Stores stores) {
            this.stores = stores;
        }

        @Override
        public Integer call() throws Exception {
            return stores.with(store -> {
                boolean known = store.keys().revoke(id, Caller.COMMAND_LINE).isPresent();
                print(spec, known ? "Key " + id + " is revoked." : "There is no key " + id + ".");
                return known ? 0 : FAILED;
            });
        }
    }

    private static void print(CommandSpec spec, String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
