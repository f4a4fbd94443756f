package dev.bootproof.diskbuilder.rootfs;

import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.RegistryException;
import java.io.InputStream;

/**
 * Where the bytes of an image come from, each verified against the digest that names it.
 *
 * <p>Failure: {@link RegistryException}, from a stream as well; then nothing that was read may be used.
 */
public interface ImageSource {
    /** The manifest or index at this reference. */
    ManifestView manifest(ImageRef image);

    /** A small blob as a whole. */
    byte[] bytes(ImageRef repository, Descriptor blob);

    /** A blob as a stream. */
    InputStream blob(ImageRef repository, Descriptor blob);
}
