package dev.bootproof.local;

import dev.bootproof.attestation.Gate;
import dev.bootproof.attestation.SigningKey;
import dev.bootproof.attestation.TrustedKey;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The gate: whether an image may pass, by its signed verdicts. The lab need not be up. */
@Command(
        name = "verify",
        description = "Ask whether an image has passed: exits with 0 only for a valid passed by a trusted key.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:passed, by a trusted key, about exactly this digest",
            "1:not so; it says why",
            "2:wrong usage",
            "3:the registry could not be asked"
        })
final class Verify implements Callable<Integer> {
    private final Lab lab;
    private final Terminal terminal;

    @Parameters(paramLabel = "IMAGE", description = "registry/repository@sha256:..., or a tag, which is resolved first")
    private String image = "";

    @Option(names = "--suite", paramLabel = "NAME", description = "This suite must have passed; may be repeated.")
    private List<String> suites = List.of();

    @Option(
            names = "--key",
            paramLabel = "FILE",
            description = "Believe this public key (PEM); may be repeated. The lab's own where none is named.")
    private List<Path> keys = List.of();

    @Option(
            names = "--results",
            paramLabel = "REPOSITORY",
            description = "Look there too for verdicts; the lab's own results while its registry runs.")
    private @Nullable String results;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = Bootproof.OUTPUT)
    private Output output = Output.TEXT;

    Verify(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (Registry registry = new Registry(RegistryOptions.defaults())) {
            return say(new Gate(registry, elsewhere()).ask(ImageRef.parse(image), suites, trusted()));
        } catch (MalformedEvent e) {
            throw Trouble.usage(String.valueOf(e.getMessage()), "see ./bootproof verify --help");
        }
    }

    private @Nullable ImageRef elsewhere() {
        if (results != null) {
            return ImageRef.parse(results);
        }
        LabState state = lab.state();
        return state.running(Part.REGISTRY)
                .map(running -> ImageRef.parse(state.address(Part.REGISTRY) + "/bootproof/results"))
                .orElse(null);
    }

    private List<TrustedKey> trusted() {
        if (!keys.isEmpty()) {
            return keys.stream().map(TrustedKey::read).toList();
        }
        Path own = SigningKey.publicFile(lab.home().lab().attestationKey());
        if (!Files.exists(own)) {
            throw Trouble.usage(
                    "this lab has no key yet: " + own + " is missing", "name the key to believe: --key FILE");
        }
        return List.of(TrustedKey.read(own));
    }

    private int say(Gate.Answer answer) {
        int exit = switch (answer) {
            case Gate.Open _ -> 0;
            case Gate.Shut shut -> shut.exitCode();
        };
        if (output == Output.JSON) {
            Report.json(terminal, json(answer, exit));
        } else {
            terminal.line((exit == 0 ? terminal.good("open") : terminal.bad("shut")) + "  " + answer.sentence());
        }
        return exit;
    }

    private static Map<String, Object> json(Gate.Answer answer, int exit) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("open", exit == 0);
        json.put("exitCode", exit);
        json.put("sentence", answer.sentence());
        if (answer instanceof Gate.Open open) {
            json.put("image", open.image());
            json.put("attestation", open.attestation());
            json.put("runId", open.run());
            json.put("finishedAt", open.finishedAt());
            json.put("keyId", open.keyId());
            json.put("flaky", open.flaky());
            json.put("known", open.known());
        }
        return json;
    }
}
