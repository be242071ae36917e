package dev.rollcall.config;

import dev.rollcall.cli.RollcallCommand;
import dev.rollcall.cli.RollcallCommand.Work;
import dev.rollcall.config.settings.CommandLog;
import dev.rollcall.config.settings.SecuritySettings;
import dev.rollcall.config.settings.Settings;
import dev.rollcall.config.settings.SettingsCheck;
import dev.rollcall.keys.ApiKeys;
import dev.rollcall.keys.Sessions;
import dev.rollcall.keys.SetupLinks;
import dev.rollcall.people.MonthlySheets;
import dev.rollcall.reports.ExportedMonths;
import dev.rollcall.reports.Sheets;
import dev.rollcall.sites.SitesInForce;
import dev.rollcall.store.function.DatabaseFunctions;
import dev.rollcall.store.function.FunctionApiKeyStore;
import dev.rollcall.store.function.FunctionArchiveStore;
import dev.rollcall.store.function.FunctionAuditStore;
import dev.rollcall.store.function.FunctionPeopleStore;
import dev.rollcall.store.function.FunctionReceiptStore;
import dev.rollcall.store.function.FunctionSessionStore;
import dev.rollcall.store.function.FunctionSetupStore;
import dev.rollcall.store.function.FunctionSiteStore;
import dev.rollcall.store.function.FunctionWebhookStore;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** The database access of commands, which may run while the service runs. */
public final class CommandStore {

    private static final int FAILED = 1;

    private CommandStore() {}

    private static SetupLinks links(Settings settings, DatabaseFunctions functions) {
        Clock clock = Clock.systemUTC();
        Sessions sessions = new Sessions(settings.apiKey(), new FunctionSessionStore(functions), clock);
        return new SetupLinks(settings.apiKey(), new FunctionSetupStore(functions), sessions, clock);
    }

    private static MonthlySheets sheets(DatabaseFunctions functions, Settings settings) {
        Clock clock = Clock.systemUTC();
        SitesInForce sites = SiteWiring.inForce(new FunctionSiteStore(functions), settings);
        return new ExportedMonths(
                new Sheets(ScheduleWiring.sources(functions, SiteWiring.policies(sites, settings), clock)), clock);
    }

    /**
     * Opens the database that the settings choose, does the work and closes the database.
     *
     * @param errors receives what went wrong, as described by {@link StartFailure}
     * @return the exit code
     */
    public static int with(Work work, Consumer<String> errors) {
        CommandLog.start();
        List<String> problems = SettingsCheck.problems();
        if (!problems.isEmpty()) {
            problems.forEach(errors);
            return SettingsCheck.EXIT_CODE;
        }
        Settings settings = SettingsCheck.settings();
        try (Backend backend = Backend.openForCommand(settings)) {
            DatabaseFunctions functions = backend.functions();
            return work.on(new RollcallCommand.Opened(
                    new FunctionArchiveStore(functions, SecuritySettings.seal(settings)),
                    new ApiKeys(settings.apiKey(), new FunctionApiKeyStore(functions), Clock.systemUTC()),
                    () -> SetupAddress.created(links(settings, functions), settings),
                    new FunctionAuditStore(functions),
                    () -> FunctionPeopleStore.open(functions, SecuritySettings.seal(settings))
                            .exporting(sheets(functions, settings)),
                    new FunctionWebhookStore(functions, SecuritySettings.secretSeal(settings)),
                    new FunctionReceiptStore(functions, SecuritySettings.secretSeal(settings)),
                    settings.attendanceOnErasure(),
                    BackupFolder.of(settings)));
        } catch (Exception e) {
            errors.accept(StartFailure.describe(e));
            return FAILED;
        }
    }
}
