package dev.bootproof.janitor.oci;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Isolation;
import dev.bootproof.events.Names;
import dev.bootproof.events.PhasePlan;
import dev.bootproof.events.Pins;
import dev.bootproof.events.Plan;
import dev.bootproof.events.Recipe;
import dev.bootproof.events.RunId;
import dev.bootproof.events.SuitePlan;
import dev.bootproof.events.SuitePlan.Step;
import dev.bootproof.events.Trigger;
import dev.bootproof.registry.Artifact;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.testing.RegistryProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTagsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RunId RUN = new RunId("demo-0123456789ab");

    @TempDir
    private Path directory = Path.of("");

    private static Registry client() {
        return new Registry(new RegistryOptions(Set.of(), Duration.ofSeconds(5)));
    }

    private static Pins pins(@Nullable Isolation isolation, @Nullable Step between) {
        SuitePlan suite = new SuitePlan("smoke", MINUTE);
        SuitePlan step = new SuitePlan("between", MINUTE, between, null, null, null, 0);
        PhasePlan phase = new PhasePlan("boot", 512, 1, MINUTE, List.of(suite, step));
        Recipe recipe = new Recipe("rootfs", "ext4", 1024, List.of("quiet"));
        Plan plan = new Plan("p", recipe, List.of(phase), MINUTE, MINUTE, List.of(), null, isolation, null, List.of());
        Digest digest = Digest.of("x");
        return new Pins(ImageRef.parse("registry.example/os:1"), digest, digest, plan, null, null, Trigger.MANUAL);
    }

    private static void push(Registry client, ImageRef tag) {
        client.push(tag, new Artifact("application/step", List.of(), Map.of("tag", tag.toString()), null));
    }

    @Test
    void theFinishedStepsOfARunAreRemovedAndItsEvidenceStays() throws IOException {
        try (RegistryProcess server = RegistryProcess.start(directory);
                Registry client = client()) {
            // Given
            ImageRef repository = server.ref("lab/evidence");
            ImageRef evidence = repository.tagged(Names.evidenceTag(RUN, 0));
            ImageRef last = repository.tagged(Names.evidenceTag(RUN, 0) + "-s1");
            push(client, evidence);
            push(client, last);
            // When
            boolean gone = new StepTags(client, Optional.of(repository)).remove(RUN, pins(null, Step.REBOOT));
            // Then
            assertThat(gone).isTrue();
            assertThat(client.find(last)).isEmpty();
            assertThat(client.find(evidence)).isPresent();
        }
    }

    @Test
    void aRegistryThatIsAwayIsToBeAskedAgain() {
        try (Registry client = client()) {
            // Given
            StepTags steps = new StepTags(client, Optional.of(ImageRef.parse("127.0.0.1:1/lab/evidence")));
            // When
            boolean gone = steps.remove(RUN, pins(Isolation.SNAPSHOT, null));
            // Then
            assertThat(gone).isFalse();
        }
    }

    @Test
    void ofAPlanWhoseMachineForgetsNothingNobodyIsAsked() {
        try (Registry client = client()) {
            // Given
            StepTags steps = new StepTags(client, Optional.of(ImageRef.parse("127.0.0.1:1/lab/evidence")));
            // When
            boolean gone = steps.remove(RUN, pins(null, null));
            // Then
            assertThat(gone).isTrue();
        }
    }
}
