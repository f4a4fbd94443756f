package dev.bootproof.vmprovisioner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What knows what. */
class ArchitectureTest {
    private static final String HERE = "dev.bootproof.vmprovisioner";
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(HERE);

    @Test
    void theStageKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAPackage(HERE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HERE + ".qemu", HERE + ".ssh", "net.schmizz..")
                .check(classes);
    }

    @Test
    void adaptersDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(HERE + ".qemu")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HERE + ".ssh", "net.schmizz..", "dev.bootproof.stage..")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage(HERE + ".ssh")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(HERE + ".qemu", "dev.bootproof.stage..")
                .check(classes);
    }

    @Test
    void timeComesFromTheClockAndNobodySleeps() {
        noClasses().should().callMethod(Instant.class, "now").check(classes);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
    }
}
