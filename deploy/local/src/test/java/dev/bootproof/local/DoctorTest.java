package dev.bootproof.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.EventJson;
import dev.bootproof.local.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final Path PACKAGES = Labs.checkout().resolve("deploy/local/packages");

    @TempDir
    Path directory;

    private final Screen out = new Screen();

    @Test
    void itSaysOfEverythingHowItIsAndWhatToDo() throws IOException {
        // When
        int exit = Bootproof.run(
                Labs.in(directory.resolve("lab")), out.terminal(), out.stream(), "doctor", "--output", "json");

        // Then
        JsonNode said = EventJson.mapper().readTree(out.text());
        assertThat(exit).isEqualTo(said.path("good").asBoolean() ? 0 : 1);
        assertThat(said.path("findings").findValuesAsText("name"))
                .contains("JDK", "Maven", "QEMU", "KVM", "disk space", "reflinks", "memory", "ports", "registry")
                .contains("package qemu-system-x86", "package ovmf");
        said.path("findings").forEach(finding -> {
            if (finding.path("state").asText().equals("missing")) {
                assertThat(finding.path("advice").asText())
                        .as(finding.toString())
                        .isNotEmpty();
            }
        });
        assertThat(directory.resolve("lab")).doesNotExist();
    }

    @Test
    void aMachineWithNothingLacksWhatEveryLabNeedsAndIsToldWhatOnlySomePlansNeed() {
        // When
        var findings = new NeededPackages(PACKAGES, directory.toString(), true).findings();

        // Then
        assertThat(findings)
                .filteredOn(finding -> finding.state() == State.MISSING)
                .extracting(Finding::name)
                .contains("package qemu-system-x86", "package kcat", "package busybox-static")
                .doesNotContain("package uidmap", "package swtpm", "package squashfs-tools");
        assertThat(findings)
                .filteredOn(finding -> finding.name().equals("package swtpm"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.state()).isEqualTo(State.NOTE);
                    assertThat(finding.found()).contains("machines with a TPM");
                    assertThat(finding.advice()).contains("apt-get install");
                });
    }

    @Test
    void kvmIsNotBelievedWhereItIsMissingOrParavirtual() throws IOException {
        // Given
        Path device = Files.createFile(directory.resolve("kvm"));
        Home home = new Home(directory.resolve("lab"));

        // When
        Finding none = new KvmProbe(directory.resolve("none"), directory.resolve("none"), "qemu").finding(home);
        Finding paravirtual = new KvmProbe(device, directory, "qemu").finding(home);

        // Then
        assertThat(none.state()).isEqualTo(State.NOTE);
        assertThat(none.found()).contains("there is no ");
        assertThat(paravirtual.found()).contains("kvm_pvm");
    }

    /** Emulated, because what is asked is whether a guest that says nothing is told from one that speaks. */
    @Test
    void aGuestThatSaysNothingProvesNothing() throws IOException {
        // Given
        Path noKernel = Files.writeString(directory.resolve("kernel"), "not a kernel");
        KvmProbe probe = new KvmProbe(directory, directory.resolve("none"), "qemu-system-x86_64");

        // When
        boolean boots = probe.boots(noKernel, "tcg");

        // Then
        assertThat(boots).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Apache Maven 3.8.7 (Debian),3.8.7,true",
        "Apache Maven 3.6.3,3.8.7,false",
        "QEMU emulator version 7.2.22 (Debian 1:7.2),7.2,true",
        "QEMU emulator version 10.0.0,7.2,true",
        "nothing,7.2,false"
    })
    void versionsAreCompared(String line, String least, boolean enough) {
        assertThat(HostFindings.atLeast(line, least)).isEqualTo(enough);
    }
}
