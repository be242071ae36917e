package dev.rollcall.config;

import dev.rollcall.config.settings.Settings;
import dev.rollcall.http.admission.BodyBudget;
import dev.rollcall.people.PeopleStore;
import dev.rollcall.recognition.AnalysisPool;
import dev.rollcall.recognition.EnrollPerson;
import dev.rollcall.recognition.Recognizer;
import dev.rollcall.recognition.bulk.BulkEnrollment;
import dev.rollcall.recognition.bulk.DirectoryDetails;
import dev.rollcall.recognition.imports.IdlePace;
import dev.rollcall.recognition.imports.ImportPeople;
import dev.rollcall.recognition.imports.ImportStore;
import dev.rollcall.recognition.imports.ImportWorker;
import dev.rollcall.store.function.FunctionImportStore;
import dev.rollcall.store.function.FunctionPeopleDirectory;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;

/** Creates the imports of many people. */
@ApplicationScoped
class ImportWiring {

    private static final int MEGABYTE = 1_000_000;

    /** The heap is divided by this for the names of the files of the import that is received, and of the one that is worked on. */
    private static final int IMPORT_MEMORY_DIVISOR = 12;

    @Produces
    @Singleton
    ImportStore importStore(Backend backend) {
        return new FunctionImportStore(backend.functions());
    }

    @Produces
    @Singleton
    ImportPeople importPeople(ImportStore imports, ImportWorker worker, Settings settings, Clock clock) {
        ImportPeople.Place place = ImportPeople.Place.of(
                importFolder(settings),
                settings.importMaxMb() * (long) MEGABYTE,
                settings.maxImageMb() * MEGABYTE,
                Runtime.getRuntime().maxMemory() / IMPORT_MEMORY_DIVISOR,
                settings.timeZone());
        return new ImportPeople(place, imports, worker, clock);
    }

    @Produces
    @Singleton
    ImportWorker importWorker(ImportStore imports, ImportWorker.Enrolling enrolling, Settings settings, Clock clock) {
        return new ImportWorker(importFolder(settings), imports, enrolling, settings.timeZone(), clock);
    }

    @Produces
    @Singleton
    BulkEnrollment bulkEnrollment(
            EnrollPerson enrollPerson,
            BulkEnrollment.Examination examination,
            BulkEnrollment.Stores bulkStores,
            Clock clock) {
        return new BulkEnrollment(enrollPerson, bulkStores, examination, new BulkEnrollment.Mode(false, 0), clock);
    }

    @Produces
    @Singleton
    BulkEnrollment.Stores bulkStores(Backend backend, PeopleStore people, Recognizer recognizer) {
        FunctionPeopleDirectory directory = new FunctionPeopleDirectory(backend.functions());
        return new BulkEnrollment.Stores(people, new DirectoryDetails(directory, recognizer.modelId()));
    }

    @Produces
    @Singleton
    BulkEnrollment.Examination bulkExamination(AnalysisPool pool, Recognizer recognizer, Settings settings) {
        return new BulkEnrollment.Examination(
                pool, RecognitionWiring.enrollPolicy(settings).rules(), recognizer.modelId());
    }

    @Produces
    @Singleton
    ImportWorker.Enrolling importEnrolling(BulkEnrollment enrollment, BodyBudget budget, AnalysisPool pool) {
        return new ImportWorker.Enrolling(
                enrollment, bytes -> budget.reserveIfFree(bytes).map(lease -> lease::close), new IdlePace(pool));
    }

    private static Path importFolder(Settings settings) {
        return settings.dataDir().resolve("imports");
    }
}
