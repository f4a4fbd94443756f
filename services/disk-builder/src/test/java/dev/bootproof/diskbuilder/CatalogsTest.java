package dev.bootproof.diskbuilder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.BootproofConfig;
import dev.bootproof.stage.StageFault;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogsTest {
    private static final String GOOD = """
            defaultPlan: boot
            plans:
              boot:
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 64, kernelArguments: []}
                phases: [{name: boot, memoryMiB: 256, cpus: 1, bootTimeout: PT1M, suites: []}]
                buildTimeout: PT1M
                maxWait: PT1M
            """;

    @TempDir
    Path directory;

    @Test
    void aBrokenCatalogIsReportedAndMendedWithoutARestart() throws IOException {
        // Given
        Catalogs catalogs = catalogs();
        write("plans: [", 1);

        // When
        var status = new CatalogReady(catalogs).call().getStatus();
        var asking = assertThatThrownBy(catalogs::current);
        write(GOOD, 2);

        // Then
        assertThat(status).isEqualTo(HealthCheckResponse.Status.DOWN);
        asking.isInstanceOfSatisfying(StageFault.class, e -> {
            assertThat(e.fault()).isEqualTo(Fault.LAB_BUG);
            assertThat(e.evidence()).contains("catalog.yaml:").contains("not YAML");
        });
        assertThat(catalogs.current().plan("boot").name()).isEqualTo("boot");
        assertThat(catalogs.mistakes()).isEmpty();
    }

    @Test
    void theLastGoodCatalogStaysWhileANewerOneIsBroken() throws IOException {
        // Given
        Catalogs catalogs = catalogs();
        write(GOOD, 1);
        catalogs.current();

        // When
        write(GOOD.replace("defaultPlan: boot", "defaultPlan: nightly"), 2);

        // Then
        assertThat(catalogs.current().defaultPlan()).isEqualTo("boot");
        assertThat(catalogs.mistakes()).contains("catalog.yaml:1: there is no plan called nightly");
        assertThat(catalogs.usable()).isTrue();
    }

    private Catalogs catalogs() {
        Map<String, String> told = Map.of(
                "bootproof.home", directory.toString(),
                "bootproof.catalog", directory.resolve("catalog.yaml").toString());
        return new Catalogs(new SmallRyeConfigBuilder()
                .withMapping(BootproofConfig.class)
                .withSources(new PropertiesConfigSource(told, "test", 1000))
                .build()
                .getConfigMapping(BootproofConfig.class));
    }

    private void write(String text, int second) throws IOException {
        Path file = Files.writeString(directory.resolve("catalog.yaml"), text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(second * 1000L));
    }
}
