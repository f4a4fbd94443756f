package dev.bootproof.testrunner.source;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A kind of place that suites come from.
 *
 * <p>Failure: no such repository, reference or directory is {@code suite-missing}; a host that does not answer is a fault
 * of the lab and tried again. What was written until then is the caller's to remove.
 */
public interface SuiteSource {
    /** Whether it reads sources of this scheme. */
    boolean serves(String scheme);

    /** The same source with what it points at now. */
    SourceRef pin(SourceRef source);

    /** Writes what a pinned source holds below its path into an empty directory, at that path. */
    void fetch(SourceRef pinned, Path directory) throws IOException;
}
