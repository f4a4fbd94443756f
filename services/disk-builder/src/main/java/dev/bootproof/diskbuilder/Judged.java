package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.rootfs.UnreadableImage;
import dev.bootproof.diskbuilder.rootfs.Unsupported;
import dev.bootproof.events.Fault;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.stage.StageFault;
import java.io.IOException;

/** What goes wrong while a disk is made, as rows of the fault table. */
final class Judged {
    private Judged() {}

    /** What makes something of an image. */
    @FunctionalInterface
    interface Making<T> {
        T make() throws IOException;
    }

    /**
     * Makes it.
     *
     * @throws StageFault whatever goes wrong
     */
    static <T> T making(Making<T> making) {
        try {
            return making.make();
        } catch (UnreadableImage e) {
            throw new StageFault(Fault.IMAGE_UNREADABLE, String.valueOf(e.getMessage()));
        } catch (Unsupported e) {
            throw new StageFault(Fault.UNSUPPORTED, String.valueOf(e.getMessage()));
        } catch (RegistryException e) {
            throw new StageFault(e.fault(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw HostFault.of(e);
        }
    }
}
