package dev.rollcall.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Which part of the engine may use which. A part is a package, except that the root package has two: the façade {@link
 * FaceEngine}, and all its other types, the values.
 *
 * <p>The engine is a module and exports two packages. {@code bench} uses internal packages as well: it has no module
 * descriptor and runs on the class path, to measure single steps and the bare models.
 */
@AnalyzeClasses(packages = "dev.rollcall.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArrowsTest {

    private static final String ROOT = "dev.rollcall.engine";
    private static final String FACADE = "façade";
    private static final String VALUES = "values";

    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry(VALUES, Set.of()),
            Map.entry("match", Set.of(VALUES, "onnx")),
            Map.entry("onnx", Set.of(VALUES, "onnx.file", "onnx.compute")),
            Map.entry("onnx.file", Set.of()),
            Map.entry("onnx.compute", Set.of("onnx.file")),
            Map.entry("image.webp", Set.of()),
            Map.entry("image", Set.of(VALUES, "onnx", "image.webp")),
            Map.entry("detect", Set.of(VALUES, "onnx", "image")),
            Map.entry("landmark", Set.of(VALUES, "onnx", "image")),
            Map.entry("align", Set.of(VALUES, "image")),
            Map.entry("embed", Set.of("onnx", "image")),
            Map.entry("quality", Set.of(VALUES, "onnx", "image")),
            Map.entry("liveness", Set.of(VALUES, "onnx", "image")),
            Map.entry(
                    "pipeline",
                    Set.of(VALUES, "onnx", "image", "detect", "landmark", "align", "embed", "quality", "liveness")),
            Map.entry(FACADE, Set.of(VALUES, "liveness", "match", "onnx", "pipeline")));

    @ArchTest
    static void parts_useExactlyTheListedParts(JavaClasses classes) {
        Map<String, Set<String>> used = new TreeMap<>();
        for (JavaClass origin : classes) {
            Set<String> targets = used.computeIfAbsent(part(origin), unused -> new TreeSet<>());
            origin.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(target -> target.getPackageName().startsWith(ROOT))
                    .map(EngineArrowsTest::part)
                    .filter(Predicate.not(part(origin)::equals))
                    .forEach(targets::add);
        }

        assertThat(used).isEqualTo(ARROWS);
    }

    @ArchTest
    static final ArchRule parts_areFreeOfCycles =
            slices().assignedFrom(new Parts()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule publicTypesOfInternalPackages_areUsedByOtherPackages = classes()
            .that()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .and()
            .resideOutsideOfPackages(ROOT, ROOT + ".match")
            .should(new ArchCondition<>("be used by another package") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    boolean used = type.getPackage().getClasses().stream()
                            .filter(one -> one.equals(type) || one.getName().startsWith(type.getName() + "$"))
                            .flatMap(one -> one.getDirectDependenciesToSelf().stream())
                            .anyMatch(dependency ->
                                    !dependency.getOriginClass().getPackage().equals(type.getPackage()));
                    events.add(new SimpleConditionEvent(type, used, type.getName() + " is used by its package alone"));
                }
            });

    @ArchTest
    static final ArchRule onlyTheOnnxPackage_usesOnnxRuntime = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".onnx")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule engine_usesNoWebNoSqlNoInjection = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "..",
                    "java.lang..",
                    "java.util..",
                    "java.io..",
                    "java.net..",
                    "java.nio..",
                    "java.security..",
                    "java.awt..",
                    "javax.imageio..",
                    "ai.onnxruntime..",
                    "jdk.incubator.vector..",
                    "org.jspecify..");

    @Test
    void module_exportsTheApiAlone() {
        ModuleDescriptor engine = ModuleFinder.of(Path.of("target/classes"))
                .find(ROOT)
                .orElseThrow()
                .descriptor();

        assertThat(engine.exports())
                .extracting(ModuleDescriptor.Exports::source)
                .containsExactlyInAnyOrder(ROOT, ROOT + ".match");
        assertThat(engine.exports()).noneMatch(ModuleDescriptor.Exports::isQualified);
        assertThat(engine.opens()).isEmpty();
    }

    private static String part(JavaClass type) {
        if (type.getPackageName().equals(ROOT)) {
            return type.getName().startsWith(FaceEngine.class.getName()) ? FACADE : VALUES;
        }
        return type.getPackageName().substring(ROOT.length() + 1);
    }

    private static final class Parts implements SliceAssignment {

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            return type.getPackageName().startsWith(ROOT) ? SliceIdentifier.of(part(type)) : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the parts of the engine";
        }
    }
}
