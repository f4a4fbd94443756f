package dev.bootproof.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.events.Plan;
import dev.bootproof.events.SuitePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTest {
    private static final String GOOD = """
            defaultPlan: boot
            plans:
              boot: &boot
                recipe: {kind: rootfs, filesystem: ext4, sizeMiB: 2048, kernelArguments: [root=/dev/vda, rw]}
                phases:
                  - name: boot
                    memoryMiB: 1024
                    cpus: 2
                    bootTimeout: PT3M
                    suites: [{name: system, timeout: PT5M}]
                buildTimeout: PT5M
                maxWait: PT30M
              other: *boot
            streams:
              - image: ${BOOTPROOF_REGISTRY}/demo-os:latest
              - image: quay.io/org/os:stable
                plan: other
                onFirstSight: remember
                interval: PT10M
            """;
    private static final Map<String, String> VARIABLES = Map.of("BOOTPROOF_REGISTRY", "127.0.0.1:5000");

    @TempDir
    Path directory;

    @Test
    void aCatalogIsReadWithItsVariables() {
        // Given
        String text = GOOD;

        // When
        Catalog catalog = load(text);

        // Then
        assertThat(catalog.streams())
                .containsExactly(
                        new WatchedStream(
                                ImageRef.parse("127.0.0.1:5000/demo-os:latest"), "boot", OnFirstSight.RUN, null),
                        new WatchedStream(
                                ImageRef.parse("quay.io/org/os:stable"),
                                "other",
                                OnFirstSight.REMEMBER,
                                Duration.ofMinutes(10)));
        Plan plan = catalog.plan("boot");
        assertThat(plan.name()).isEqualTo("boot");
        assertThat(plan.recipe().kernelArguments()).containsExactly("root=/dev/vda", "rw");
        assertThat(plan.phases().getFirst().suites().getFirst().timeout()).isEqualTo(Duration.ofMinutes(5));
        assertThat(plan.maxWait()).isEqualTo(Duration.ofMinutes(30));
    }

    @Test
    void aStreamsOwnPlanGoesBeforeTheDefault() {
        // Given
        Catalog catalog = load(GOOD);

        // When
        List<String> plans =
                List.of("quay.io/org/os:stable", "quay.io/org/os:testing", "127.0.0.1:5000/demo-os").stream()
                        .map(ImageRef::parse)
                        .map(catalog::planFor)
                        .map(Plan::name)
                        .toList();

        // Then
        assertThat(plans).containsExactly("other", "boot", "boot");
    }

    @Test
    void anUnknownPlanNamesThoseThatThereAre() {
        // Given
        Catalog catalog = load(GOOD);

        // When
        var asking = assertThatThrownBy(() -> catalog.plan("nightly"));

        // Then
        asking.isInstanceOf(MalformedEvent.class)
                .hasMessage("the catalog has no plan called nightly; it has boot, other");
    }

    @Test
    void everyMistakeIsNamedAtOnceWithItsLineAndWhatToDo() {
        // Given
        String text = """
                defaultPlan: nightly
                plans:
                  boot:
                    recipe: {kind: bootc, filesystem: ext4, sizeMiB: big, kernelArguments: ["a b"]}
                    phases:
                      - name: boot
                        cpus: 2
                        bootTimeout: 3 minutes
                        memory: 1024
                        memoryMiB: 1024
                        suites: [{name: My Suite, timeout: PT0S}]
                    buildTimeout: PT5M
                    maxWait: PT30M
                streams:
                  - image: demo-os
                  - image: quay.io/org/os:stable
                  - image: quay.io/org/os:stable
                    plan: gone
                  - plan: boot
                """;

        // When
        var loading = assertThatThrownBy(() -> load(text));

        // Then
        loading.isInstanceOfSatisfying(
                BadCatalog.class,
                e -> assertThat(e.mistakes().stream().map(mistake -> mistake.line() + " " + mistake.sentence()))
                        .containsExactlyInAnyOrder(
                                "1 there is no plan called nightly: write it under plans, or name one of boot",
                                "4 plans.boot.recipe.kind is not one of rootfs, disk, blank: rootfs unpacks the layers onto a"
                                        + " filesystem, disk takes a raw, qcow2 or ISO file as it is published, blank is"
                                        + " an empty disk",
                                "4 plans.boot.recipe.sizeMiB is not of type integer: the size of the disk in MiB; it is sparse,"
                                        + " so be generous",
                                "4 plans.boot.recipe.kernelArguments.0 is \"a b\": one kernel argument, without spaces",
                                "8 plans.boot.phases.0.bootTimeout is \"3 minutes\": write a duration of ISO 8601, as in PT5M"
                                        + " for five minutes",
                                "9 \"memory\" is not known in plans.boot.phases.0: a phase has name, memoryMiB, cpus,"
                                        + " bootTimeout and suites, and may have firmware, secureBoot, tpm, access and media",
                                "11 plans.boot.phases.0.suites.0.name is \"My Suite\": use lower case, digits and single dashes,"
                                        + " as in nightly-boot",
                                "11 PT0S is no time at all: write a duration longer than zero, as in PT5M",
                                "15 \"demo-os\" is not an image reference: write registry/repository:tag, all of it",
                                "17 quay.io/org/os:stable is watched already, see line 16: leave one of them",
                                "18 there is no plan called gone: write it under plans, or name one of boot",
                                "19 \"image\" is missing in streams.3: a stream has an image, and may have plan,"
                                        + " onFirstSight, interval, schedule, platform and canary"));
        loading.hasMessageStartingWith(directory.resolve("catalog.yaml") + ":1: ");
    }

    @Test
    void oneStreamMayBeTheCanary() {
        // Given
        String text = GOOD + "    canary: true\n    schedule: [\"0 * * * *\"]\n";

        // When
        Catalog catalog = load(text);

        // Then
        assertThat(catalog.streams()).extracting(WatchedStream::canary).containsExactly(false, true);
    }

    @Test
    void aSecondCanaryAndOneWithoutAScheduleAreMistakes() {
        // Given
        String text = GOOD + "    canary: true\n"
                + "  - {image: quay.io/org/golden:stable, canary: true, schedule: [\"0 * * * *\"]}\n";

        // When
        var loading = assertThatThrownBy(() -> load(text));

        // Then
        loading.isInstanceOfSatisfying(
                BadCatalog.class,
                e -> assertThat(e.mistakes().stream().map(mistake -> mistake.line() + " " + mistake.sentence()))
                        .containsExactly(
                                "20 a canary is run by the clock: give it a schedule, as in schedule: [\"0 * * * *\"]",
                                "21 there is a canary already, see line 20: a lab has one"));
    }

    @Test
    void aSuiteThatFailedIsRunOnceMoreWhereNothingElseIsSaid() {
        // Given
        String text = GOOD.replace(
                "suites: [{name: system, timeout: PT5M}]",
                "suites: [{name: a, timeout: PT5M}, {name: b, timeout: PT5M, retries: 0},"
                        + " {name: c, timeout: PT5M, step: reboot}]");

        // When
        var suites = load(text).plan("boot").phases().getFirst().suites();

        // Then
        assertThat(suites).extracting(SuitePlan::retries).containsExactly(1, 0, 0);
    }

    @Test
    void stepsThatIsolationUndoesAreMistakes() {
        // Given
        String steps = "suites: [{name: a, timeout: PT5M, step: reboot}, {name: b, timeout: PT5M},"
                + " {name: c, timeout: PT5M, step: reboot}, {name: d, timeout: PT5M},"
                + " {name: e, timeout: PT5M, step: reboot}]";
        String text = GOOD.replace("suites: [{name: system, timeout: PT5M}]", steps);

        // When
        var shared = load(text);
        var snapshot = assertThatThrownBy(() -> load(text.replace("maxWait", "isolate: snapshot\n    maxWait")));
        var boot = assertThatThrownBy(() -> load(text.replace("maxWait", "isolate: boot\n    maxWait")));

        // Then
        assertThat(shared.plan("boot").phases().getFirst().suites()).hasSize(5);
        String second = "isolate: %s undoes the step c before the suite d: write isolate: shared";
        snapshot.hasMessageContaining(second.formatted("snapshot")).hasMessageNotContaining("the step a");
        boot.hasMessageContaining(second.formatted("boot"))
                .hasMessageContaining("the step a before the suite d")
                .hasMessageNotContaining("the step e");
    }

    @Test
    void whatIsNotYamlNamesItsLine() {
        // Given
        String text = "plans:\n  a: [\n";

        // When
        var loading = assertThatThrownBy(() -> load(text));

        // Then
        loading.isInstanceOfSatisfying(
                BadCatalog.class,
                e -> assertThat(e.mistakes())
                        .singleElement()
                        .satisfies(mistake -> assertThat(mistake.toString())
                                .startsWith(directory.resolve("catalog.yaml") + ":3: this is not YAML: ")));
    }

    @Test
    void aVariableThatIsNotSetIsAMistake() {
        // Given
        String text = GOOD.replace("BOOTPROOF_REGISTRY", "NOWHERE");

        // When
        var loading = assertThatThrownBy(() -> load(text));

        // Then
        loading.isInstanceOf(BadCatalog.class)
                .hasMessageContaining(":15: ${NOWHERE} is not set: set NOWHERE in the environment");
    }

    @Test
    void aMissingFileIsAMistake() {
        // Given
        Path missing = directory.resolve("missing.yaml");

        // When
        var loading = assertThatThrownBy(() -> Catalog.load(missing, Map.of()));

        // Then
        loading.isInstanceOf(BadCatalog.class)
                .hasMessageContaining("cannot be read")
                .hasMessageContaining("missing.yaml");
    }

    @Test
    void theLocalLabsCatalogIsGood() {
        // Given
        Path shipped = Path.of("../../deploy/local/catalog.yaml");

        // When
        Catalog catalog = Catalog.load(shipped, VARIABLES);

        // Then
        assertThat(catalog.planFor(ImageRef.parse("127.0.0.1:5000/demo-os:latest"))
                        .name())
                .isEqualTo("demo");
    }

    private Catalog load(String text) {
        try {
            Path file = Files.writeString(directory.resolve("catalog.yaml"), text);
            return Catalog.load(file, VARIABLES);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
