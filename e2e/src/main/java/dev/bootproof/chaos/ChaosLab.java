package dev.bootproof.chaos;

import dev.bootproof.events.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The lab as a hazard sees it.
 *
 * <p>Its parts are {@code broker}, {@code registry}, {@code poller}, {@code disk-builder}, {@code vm-provisioner},
 * {@code test-runner}, {@code publisher} and {@code janitor}.
 */
public interface ChaosLab {
    /** The lab's directory, {@code BOOTPROOF_HOME} of its parts. */
    Path home();

    /** Where the storm keeps its own files: fired, hazards, effects, notified. */
    Path directory();

    /**
     * The process id of a part.
     *
     * @throws IllegalStateException when the part does not run
     */
    long pid(String part);

    /** Kills a part with SIGKILL and returns when its process is gone; does nothing where it is gone already. */
    void kill(String part);

    /**
     * Starts a part as it was started before and returns when it is ready; does nothing where it runs.
     *
     * @throws IOException when it did not become ready in time
     */
    void start(String part) throws IOException;

    /** The address of a part's HTTP side, like {@code http://127.0.0.1:8081}; of the broker, its host and port. */
    String address(String part);

    /** Where clients find the broker. */
    String bootstrap();

    /** The runs that have been fired and have no verdict yet. */
    List<RunId> open();
}
