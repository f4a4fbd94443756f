package dev.bootproof.testrunner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bootproof.testrunner");

    @Test
    void onlyAdaptersKnowTheirLibraries() {
        only("..testrunner.ssh..", "net.schmizz..", "com.hierynomus..");
        only("..testrunner.tar..", "org.apache.commons.compress..");
        only("..testrunner.http..", "java.net.http..");
        only("..oci..", "dev.bootproof.registry..");
        only("..source.git..", "org.eclipse.jgit..");
    }

    @Test
    void nobodyLooksAtTheClockBesideTheClock() {
        noClasses().should().callMethod(Instant.class, "now").check(classes);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(classes);
    }

    private void only(String adapter, String... libraries) {
        noClasses()
                .that()
                .resideOutsideOfPackage(adapter)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(classes);
    }
}
