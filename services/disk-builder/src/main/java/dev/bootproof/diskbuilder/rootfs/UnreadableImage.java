package dev.bootproof.diskbuilder.rootfs;

import java.io.IOException;

/** The image's own bytes, as its digest names them, are not what the formats allow. */
public final class UnreadableImage extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong with them. */
    public UnreadableImage(String sentence) {
        super(sentence);
    }
}
