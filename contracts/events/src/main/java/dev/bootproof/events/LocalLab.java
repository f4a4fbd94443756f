package dev.bootproof.events;

import java.nio.file.Path;

/**
 * Where things lie on one machine. Everything of a run is below its own directory, so that removing that directory
 * and its machines removes the run.
 *
 * @param home the lab's state directory
 */
public record LocalLab(Path home) {
    /** The golden disks, each a directory named by its identity. */
    public Path disks() {
        return home.resolve("disks");
    }

    /** A golden disk: {@code disk.raw}, {@code kernel}, {@code initrd}, {@code disk.json}; never changed. */
    public Path disk(String identity) {
        return disks().resolve(identity);
    }

    /** All that is being made and is not yet a disk. */
    public Path work() {
        return home.resolve("work");
    }

    /** The runs' directories. */
    public Path runs() {
        return home.resolve("runs");
    }

    /** Everything of one run. */
    public Path run(RunId run) {
        return runs().resolve(run.value());
    }

    /** Everything of one phase of a run. */
    public Path phase(RunId run, int phase) {
        return run(run).resolve("p" + phase);
    }

    /** The secret from which every run's keys derive. */
    public Path secret() {
        return home.resolve("lab.secret");
    }

    /** A token or key that a catalog names: one file, readable by its owner only, whose first line it is. */
    public Path secret(String name) {
        return home.resolve("secrets").resolve(name);
    }

    /** The ECDSA P-256 private key, PEM of PKCS #8, with which verdicts are signed; {@code attestation.pub} beside it. */
    public Path attestationKey() {
        return home.resolve("attestation.key");
    }

    /** Published files by their checksum, as they were downloaded. */
    public Path downloads() {
        return home.resolve("downloads");
    }
}
