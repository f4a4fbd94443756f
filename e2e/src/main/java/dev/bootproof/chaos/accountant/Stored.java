package dev.bootproof.chaos.accountant;

import dev.bootproof.events.RunId;
import dev.bootproof.events.Verdict;
import org.jspecify.annotations.Nullable;

/** Something that lies in the registry. */
public sealed interface Stored {
    /**
     * A tag.
     *
     * @param repository where
     * @param name the tag
     */
    record Tag(String repository, String name) implements Stored {}

    /**
     * A run's result that refers to the tested digest.
     *
     * @param subject the repository and digest that it refers to
     * @param digest its own digest
     * @param run the run that it names
     * @param verdict the verdict that it names
     */
    record Result(
            String subject,
            String digest,
            RunId run,
            @Nullable Verdict verdict) implements Stored {}

    /**
     * A run's signed verdict that refers to the tested digest.
     *
     * @param subject the repository and digest that it refers to
     * @param digest its own digest
     * @param run the run that it names
     */
    record Attestation(String subject, String digest, RunId run) implements Stored {}
}
