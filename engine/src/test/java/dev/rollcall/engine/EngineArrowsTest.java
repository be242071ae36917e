package dev.rollcall.engine;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may use whom within the engine. */
@AnalyzeClasses(packages = "dev.rollcall.engine", importOptions = ImportOption.DoNotIncludeTests.class)
class EngineArrowsTest {

    private static final String[] STEPS = {
        "..engine.detect..",
        "..engine.landmark..",
        "..engine.align..",
        "..engine.embed..",
        "..engine.quality..",
        "..engine.liveness..",
        "..engine.match..",
        "..engine.image..",
        "..engine.onnx.."
    };

    @ArchTest
    static final ArchRule onlyTheOnnxPackage_usesOnnxRuntime = noClasses()
            .that()
            .resideOutsideOfPackage("..engine.onnx..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.onnxruntime..");

    @ArchTest
    static final ArchRule steps_doNotUseTheFacade = noClasses()
            .that()
            .resideInAnyPackage(STEPS)
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.rollcall.engine.FaceEngine")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("dev.rollcall.engine.Lane");

    @ArchTest
    static final ArchRule steps_useOnlyImagesModelsAndRootValues = slices().matching("dev.rollcall.engine.(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    DescribedPredicate.alwaysTrue(),
                    JavaClass.Predicates.resideInAnyPackage("..engine.image..", "..engine.onnx.."));

    @ArchTest
    static final ArchRule engine_knowsNoWebNoSqlNoInjection = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.rollcall.engine..",
                    "java.lang..",
                    "java.util..",
                    "java.io..",
                    "java.nio..",
                    "java.security..",
                    "java.awt..",
                    "javax.imageio..",
                    "ai.onnxruntime..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule steps_areFreeOfCycles =
            slices().matching("dev.rollcall.engine.(*)..").should().beFreeOfCycles();
}
