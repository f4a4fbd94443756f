package dev.bootproof.chaos.guest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of QEMU's command line a stand-in obeys.
 *
 * @see <a href="https://www.qemu.org/docs/master/system/invocation.html">QEMU, invocation</a>
 * @param name the machine's name
 * @param kernelArguments what its kernel is told
 * @param console the file that its console is written to
 * @param socket where it answers questions
 * @param pidFile where it says its process id
 * @param port where its SSH server answers
 * @param credentials the files with what it is told when it starts
 */
record QemuWords(
        String name,
        String kernelArguments,
        Path console,
        Path socket,
        Path pidFile,
        int port,
        List<Path> credentials) {
    private static final Pattern NAME = Pattern.compile("bootproof-(.+)-p(\\d+)");
    private static final Pattern CONSOLE = Pattern.compile("file,id=console,.*path=(.*)");
    private static final Pattern SOCKET = Pattern.compile("unix:([^,]*).*");
    private static final Pattern DOOR = Pattern.compile("user,.*hostfwd=tcp:127\\.0\\.0\\.1:(\\d+)-:22");
    private static final Pattern CREDENTIAL = Pattern.compile("type=11,path=(.*)");
    private static final Pattern SCRIPT = Pattern.compile("(?:^| )standin\\.script=(\\S+)");

    QemuWords {
        credentials = List.copyOf(credentials);
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException when it lacks what a stand-in needs, naming that
     */
    static QemuWords of(List<String> arguments) {
        return new QemuWords(
                after(arguments, "-name").getFirst(),
                after(arguments, "-append").getFirst(),
                Path.of(value(arguments, "-chardev", CONSOLE)),
                Path.of(value(arguments, "-qmp", SOCKET)),
                Path.of(after(arguments, "-pidfile").getFirst()),
                Integer.parseInt(value(arguments, "-netdev", DOOR)),
                values(arguments, "-smbios", CREDENTIAL).stream().map(Path::of).toList());
    }

    /** The run whose machine this is. */
    String run() {
        return named().group(1);
    }

    /** The phase whose machine this is. */
    int phase() {
        return Integer.parseInt(named().group(2));
    }

    /** What it plays. */
    Script script() {
        Matcher found = SCRIPT.matcher(kernelArguments);
        return found.find() ? Script.named(found.group(1)) : Script.GOOD;
    }

    private Matcher named() {
        Matcher parts = NAME.matcher(name);
        if (!parts.matches()) {
            throw new IllegalArgumentException("-name " + name + " is no machine of a run");
        }
        return parts;
    }

    private static List<String> after(List<String> arguments, String option) {
        List<String> values = new ArrayList<>();
        for (int i = 0; i + 1 < arguments.size(); i++) {
            if (arguments.get(i).equals(option)) {
                values.add(arguments.get(i + 1));
            }
        }
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a stand-in needs " + option);
        }
        return values;
    }

    private static List<String> values(List<String> arguments, String option, Pattern wanted) {
        return after(arguments, option).stream()
                .map(wanted::matcher)
                .filter(Matcher::matches)
                .map(found -> found.group(1).replace(",,", ","))
                .toList();
    }

    private static String value(List<String> arguments, String option, Pattern wanted) {
        return values(arguments, option, wanted).stream()
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a stand-in needs " + option + " like " + wanted));
    }
}
