package dev.bootproof.registry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Nobody outside may come to depend on the library inside. */
class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bootproof.registry");

    @Test
    void onlyTheWireKnowsTheLibrary() {
        noClasses()
                .that()
                .doNotHaveSimpleName("Wire")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("land.oras..")
                .check(classes);
    }
}
