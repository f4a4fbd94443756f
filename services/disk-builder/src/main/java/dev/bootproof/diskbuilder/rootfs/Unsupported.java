package dev.bootproof.diskbuilder.rootfs;

import java.io.IOException;

/** The image may be well, but this builder cannot make a disk of it. */
public final class Unsupported extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what it is and what to do. */
    public Unsupported(String sentence) {
        super(sentence);
    }
}
