package dev.rollcall;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.rollcall.http.Call;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import java.util.List;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Who may use whom within the server. */
@AnalyzeClasses(packages = "dev.rollcall", importOptions = ImportOption.DoNotIncludeTests.class)
class ServerArrowsTest {

    private static final String ROOT = "dev.rollcall";
    private static final String ENGINE = "dev.rollcall.engine..";

    private static final Set<String> ENGINE_INTERFACE = Set.of("dev.rollcall.engine", "dev.rollcall.engine.match");

    /** Every package of the server. Each uses itself and those before it, and no others. */
    private static final List<String> ORDER = List.of(
            "digest",
            "files",
            "certificates",
            "outcome",
            "background",
            "keys",
            "sites",
            "people",
            "attendance",
            "schedule",
            "audit",
            "badges",
            "pins",
            "recognition.gallery",
            "recognition",
            "recognition.accuracy",
            "recognition.challenge",
            "recognition.bulk",
            "recognition.imports",
            "reports",
            "reports.files",
            "webhooks",
            "receipts",
            "archive",
            "metrics",
            "http",
            "http.connection",
            "http.problem",
            "http.access",
            "http.admission",
            "http.wire",
            "http.pages",
            "http.api",
            "http.openapi",
            "http.pipeline",
            "store.function",
            "store.postgres",
            "store.supabase",
            "store.embedded",
            "doctor",
            "cli",
            "config.process",
            "config.settings",
            "config",
            "");

    /** Packages that come one after the other in the order, and have nothing to do with each other. */
    private static final List<Separation> SEPARATIONS = List.of(
            new Separation("http", Set.of("archive")),
            new Separation("store", Set.of("http", "metrics")),
            new Separation("store.postgres", Set.of("store.embedded", "store.supabase")),
            new Separation("store.supabase", Set.of("store.embedded", "store.postgres")),
            new Separation("store.embedded", Set.of("store.function", "store.postgres", "store.supabase")),
            new Separation("doctor", Set.of("http", "store", "metrics")),
            new Separation("cli", Set.of("http", "store", "metrics")),
            new Separation("config.process", Set.of("http", "store", "cli", "metrics")));

    private record Separation(String room, Set<String> unknown) {}

    @ArchTest
    static final ArchRule everyPackage_usesOnlyThoseBeforeIt = classes()
            .that()
            .resideOutsideOfPackage(ENGINE)
            .should(new ArchCondition<>("use only packages before theirs") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    int place = ORDER.indexOf(room(origin));
                    if (place < 0) {
                        events.add(SimpleConditionEvent.violated(origin, origin + " is in no package of the order"));
                    }
                    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                        JavaClass target = dependency.getTargetClass();
                        if (isOurs(target) && (ORDER.indexOf(room(target)) > place || areSeparate(origin, target))) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule engine_isUsedByItsInterfaceAlone = classes()
            .that()
            .resideOutsideOfPackage(ENGINE)
            .should(new ArchCondition<>("use of the engine its root and match alone") {
                @Override
                public void check(JavaClass origin, ConditionEvents events) {
                    for (Dependency dependency : origin.getDirectDependenciesFromSelf()) {
                        String used = dependency.getTargetClass().getPackageName() + ".";
                        boolean isInner = used.startsWith("dev.rollcall.engine.")
                                && !ENGINE_INTERFACE.contains(used.substring(0, used.length() - 1));
                        if (isInner || used.startsWith("ai.onnxruntime.")) {
                            events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                        }
                    }
                }
            });

    @ArchTest
    static final ArchRule rulesOfAttendance_areWithoutStoresAndFrameworks = classes()
            .that()
            .resideInAnyPackage("dev.rollcall.attendance", "dev.rollcall.people", "dev.rollcall.outcome")
            .and()
            .doNotHaveSimpleName("OneLine")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rollcall.attendance",
                    "dev.rollcall.people",
                    "dev.rollcall.outcome",
                    "dev.rollcall.keys",
                    "dev.rollcall.sites",
                    "dev.rollcall.engine",
                    "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule frameworks_stayAtTheEdges = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "dev.rollcall",
                    "dev.rollcall.http..",
                    "dev.rollcall.cli..",
                    "dev.rollcall.config..",
                    "dev.rollcall.engine..")
            .and()
            .doNotHaveSimpleName("OneLine")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta..", "io.quarkus..", "io.vertx..", "io.netty..", "org.jboss.resteasy..");

    /** So that the library is loaded only when a certificate is made. */
    @ArchTest
    static final ArchRule certificates_areMadeByOneClass = noClasses()
            .that()
            .doNotHaveSimpleName("CertificateMaker")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.bouncycastle..");

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
            .beAnnotatedWith(Call.class)
            .andShould()
            .notHaveRawReturnType(Object.class);

    /** Those that the Javadoc of Pipeline names. */
    @ArchTest
    static final ArchRule filtersOfQuarkusRest_areFour = methods()
            .that()
            .areAnnotatedWith(ServerRequestFilter.class)
            .or()
            .areAnnotatedWith(ServerResponseFilter.class)
            .should()
            .beDeclaredInClassesThat()
            .haveNameMatching(".*\\.(AcceptHeader|ApiKeyFilter|QueryParameters|RequestMeter)");

    @ArchTest
    static final ArchRule sql_staysInTheStores = noClasses()
            .that()
            .resideOutsideOfPackage("dev.rollcall.store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "com.zaxxer..");

    private static boolean isOurs(JavaClass target) {
        return (target.getPackageName() + ".").startsWith(ROOT + ".")
                && !(target.getPackageName() + ".").startsWith("dev.rollcall.engine.");
    }

    private static String room(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1);
    }

    private static boolean areSeparate(JavaClass origin, JavaClass target) {
        return SEPARATIONS.stream()
                .filter(separation -> isWithin(room(origin), separation.room()))
                .flatMap(separation -> separation.unknown().stream())
                .anyMatch(unknown -> isWithin(room(target), unknown));
    }

    private static boolean isWithin(String room, String outer) {
        return (room + ".").startsWith(outer + ".");
    }
}
