package dev.bootproof.local;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keeps the tokens and keys that a catalog names, so that none of them stands in it. */
@Command(
        name = "secret",
        description = {
            "Keep the tokens and keys that a catalog names, one file each below secrets/ in the lab's directory.",
            "They are never on a command line, in an event or in a log."
        })
final class SecretCommand {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private final Lab lab;
    private final Terminal terminal;

    SecretCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Command(
            name = "set",
            description = {
                "Keep a secret under a name, in place of the one before.",
                "It is read from standard input: ./bootproof secret set github < token.txt"
            })
    int set(@Parameters(paramLabel = "NAME", description = "as the catalog calls it") String name) {
        Path file = file(name);
        lab.home().prepare();
        String secret = read(name);
        if (secret == null || secret.isBlank()) {
            throw Trouble.usage(
                    "nothing came in: \"" + name + "\" stays as it was", "write the secret, and a line end");
        }
        Secrets.write(file, secret.strip() + "\n");
        terminal.line("kept as " + file);
        return 0;
    }

    @Command(name = "list", description = "List the names of all secrets, and not what they are.")
    int list(
            @Option(
                            names = {"-o", "--output"},
                            defaultValue = "text",
                            description = Bootproof.OUTPUT)
                    Output output) {
        List<String> names = names();
        if (output == Output.JSON) {
            Report.json(terminal, names);
            return 0;
        }
        names.forEach(terminal::line);
        if (names.isEmpty()) {
            terminal.line("no secrets yet: ./bootproof secret set NAME");
        }
        return 0;
    }

    @Command(name = "remove", description = "Forget a secret.")
    int remove(@Parameters(paramLabel = "NAME", description = "as list calls it") String name) {
        try {
            if (!Files.deleteIfExists(file(name))) {
                throw Trouble.usage("there is no secret \"" + name + "\"", "./bootproof secret list lists them");
            }
        } catch (IOException e) {
            throw Trouble.lab("the secret could not be removed: " + e.getMessage(), "is this lab yours?");
        }
        terminal.line("forgotten");
        return 0;
    }

    private Path file(String name) {
        if (!NAME.matcher(name).matches()) {
            throw Trouble.usage(
                    "\"" + name + "\" is no name for a secret",
                    "use lower case, digits and single dashes, as in github-token");
        }
        return lab.home().lab().secret(name);
    }

    /** A terminal shows nothing of what is typed. Since Java 25 there is no console again where input is no terminal. */
    @SuppressWarnings("SystemConsoleNull")
    private static @Nullable String read(String name) {
        Console console = System.console();
        if (console != null && console.isTerminal()) {
            char[] typed = console.readPassword("%s: ", name);
            return typed == null ? null : new String(typed);
        }
        try {
            return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        } catch (IOException e) {
            throw new UncheckedIOException("standard input cannot be read", e);
        }
    }

    private List<String> names() {
        if (!Files.isDirectory(lab.home().secrets())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lab.home().secrets())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw Trouble.lab("the secrets cannot be listed: " + e.getMessage(), "is this lab yours?");
        }
    }
}
