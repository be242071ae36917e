package dev.rollcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rollcall.security.OpenToAll;
import dev.rollcall.security.Opens;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;

/** Who may use whom within the server. */
@AnalyzeClasses(packages = "dev.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArrowsTest {

    private static final String ATTENDANCE = "dev.rollcall.attendance..";
    private static final String PEOPLE = "dev.rollcall.people..";
    private static final String USECASE = "dev.rollcall.usecase..";
    private static final String ENGINE = "dev.rollcall.engine..";

    @ArchTest
    static final ArchRule attendance_usesTheJdkAlone = classes()
            .that()
            .resideInAPackage(ATTENDANCE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ATTENDANCE, "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule people_useEngineValuesAlone = classes()
            .that()
            .resideInAPackage(PEOPLE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(PEOPLE, "dev.rollcall.engine", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule useCases_knowNoWebNoSqlNoFramework = classes()
            .that()
            .resideInAPackage(USECASE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    USECASE, ATTENDANCE, PEOPLE, ENGINE, "java.lang..", "java.util..", "java.time..", "org.jspecify..");

    @ArchTest
    static final ArchRule stores_knowNoDoors = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.rollcall.api..", "dev.rollcall.security..", "dev.rollcall.cli..");

    @ArchTest
    static final ArchRule archives_knowUseCasesAlone = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.archive..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rollcall.store..", "dev.rollcall.api..", "dev.rollcall.security..", "dev.rollcall.cli..");

    @ArchTest
    static final ArchRule theAuditsVerification_knowsUseCasesAlone = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.audit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rollcall.store..", "dev.rollcall.api..", "dev.rollcall.security..", "dev.rollcall.cli..");

    @ArchTest
    static final ArchRule security_knowsNoCalls = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.security..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.rollcall.api..", "dev.rollcall.cli..");

    @ArchTest
    static final ArchRule everyCall_saysWhoMayMakeIt = methods()
            .that()
            .areAnnotatedWith(GET.class)
            .or()
            .areAnnotatedWith(POST.class)
            .or()
            .areAnnotatedWith(PUT.class)
            .or()
            .areAnnotatedWith(PATCH.class)
            .or()
            .areAnnotatedWith(DELETE.class)
            .should()
            .beAnnotatedWith(Opens.class)
            .orShould()
            .beAnnotatedWith(OpenToAll.class);

    @ArchTest
    static final ArchRule waysToADatabase_doNotSeeEachOther = slices().matching(
                    "dev.rollcall.store.(postgres|supabase|embedded)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule storesOverFunctions_knowNoWayToADatabase = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.store.function..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rollcall.store.postgres..", "dev.rollcall.store.supabase..", "dev.rollcall.store.embedded..");

    @ArchTest
    static final ArchRule theEmbeddedServer_knowsNothingElse = noClasses()
            .that()
            .resideInAPackage("dev.rollcall.store.embedded..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    USECASE,
                    ATTENDANCE,
                    PEOPLE,
                    ENGINE,
                    "dev.rollcall.store.function..",
                    "dev.rollcall.api..",
                    "dev.rollcall.security..",
                    "dev.rollcall.cli..");

    @ArchTest
    static final ArchRule doors_goThroughUseCases = noClasses()
            .that()
            .resideInAnyPackage("dev.rollcall.api..", "dev.rollcall.security..", "dev.rollcall.cli..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.rollcall.store..", "java.sql..");

    @ArchTest
    static final ArchRule nobody_usesConfig = noClasses()
            .that()
            .resideOutsideOfPackages("dev.rollcall.config..", "dev.rollcall")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.rollcall.config..");

    @ArchTest
    static final ArchRule sql_staysInTheStores = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rollcall.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..");

    @ArchTest
    static final ArchRule onlyTheEngine_usesOnnxRuntime = noClasses()
            .that()
            .resideOutsideOfPackage(ENGINE)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");
}
