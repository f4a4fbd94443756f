package dev.bootproof.vmprovisioner.qemu;

import java.nio.file.Path;
import java.util.List;

/** Something that a machine has, in QEMU's words. */
interface Part {
    /** Its words on QEMU's command line; nothing in them is secret. */
    List<String> arguments();

    /** Words that hold no spaces themselves. */
    static List<String> words(String words) {
        return List.of(words.split(" "));
    }

    /** A path as a value among others: in QEMU's options a comma ends a value unless it is doubled. */
    static String value(Path path) {
        return path.toString().replace(",", ",,");
    }
}
