package dev.bootproof.janitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses JANITOR = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bootproof.janitor");

    @Test
    void thePortsKnowNothingOfThisMachine() {
        noClasses()
                .that()
                .resideInAPackage("dev.bootproof.janitor")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.bootproof.janitor.local")
                .check(JANITOR);
    }

    @Test
    void theTimeIsAskedOfTheClockBean() {
        noClasses().should().callMethod(Instant.class, "now").check(JANITOR);
    }
}
