package dev.bootproof.poller;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses POLLER = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bootproof.poller");

    @Test
    void onlyTheAdaptersSpeakHttp() {
        noClasses()
                .that()
                .resideInAPackage("dev.bootproof.poller")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http",
                        "dev.bootproof.poller.http",
                        "dev.bootproof.poller.hook",
                        "dev.bootproof.poller.github")
                .check(POLLER);
    }

    @Test
    void theTimeIsAskedOfTheClockBean() {
        noClasses().should().callMethod(Instant.class, "now").check(POLLER);
    }
}
