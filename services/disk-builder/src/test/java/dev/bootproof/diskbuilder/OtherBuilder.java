package dev.bootproof.diskbuilder;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Another process that tries to take a lock, once. */
final class OtherBuilder {
    private static final int BUSY = 3;

    private OtherBuilder() {}

    /** Exits with 0 when it could take it, with 3 when somebody has it. */
    public static void main(String[] arguments) throws IOException {
        boolean taken = BuildLock.tryTake(Path.of(arguments[0]), arguments[1]).isPresent();
        System.exit(taken ? 0 : BUSY);
    }

    /** Whether such a process gets the lock now. */
    static boolean gets(Path work, String identity) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        String.join(":", List.of(classes(BuildLock.class), classes(OtherBuilder.class))),
                        OtherBuilder.class.getName(),
                        work.toString(),
                        identity)
                .inheritIO()
                .start();
        return switch (process.waitFor()) {
            case 0 -> true;
            case BUSY -> false;
            default -> throw new IllegalStateException("it exited with " + process.exitValue());
        };
    }

    private static String classes(Class<?> of) throws Exception {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
