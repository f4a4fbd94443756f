package dev.bootproof.diskbuilder;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.bootproof.diskbuilder");

    @Test
    void onlyTheStageTakesRecords() {
        methods()
                .that()
                .areAnnotatedWith(Incoming.class)
                .should()
                .beDeclaredIn(BuildDisk.class)
                .check(CLASSES);
    }

    @Test
    void treesKnowNothingOfFilesystems() {
        noClasses()
                .that()
                .resideInAPackage("..rootfs")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..ext4")
                .check(CLASSES);
    }

    @Test
    void whatIsPackedIsUnpackedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..packed")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.commons.compress..", "com.github.luben..", "org.tukaani..")
                .check(CLASSES);
    }

    @Test
    void httpIsSpokenInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..download")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(CLASSES);
    }

    @Test
    void theTimeIsAskedOfTheClockBean() {
        noClasses().should().callMethod(Instant.class, "now").check(CLASSES);
    }

    @Test
    void noServiceKnowsAnother() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.bootproof.poller..",
                        "dev.bootproof.vmprovisioner..",
                        "dev.bootproof.testrunner..",
                        "dev.bootproof.publisher..",
                        "dev.bootproof.janitor..")
                .check(CLASSES);
    }
}
