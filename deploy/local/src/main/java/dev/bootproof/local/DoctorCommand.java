package dev.bootproof.local;

import dev.bootproof.local.Finding.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Looks at everything that a lab needs, and says what to do about what is missing. */
@Command(
        name = "doctor",
        description = {
            "Look at everything that a lab needs: JDK, Maven, QEMU, KVM that really runs a guest, room, memory, ports,",
            "packages, the lab's registry. Says what to do about what is missing. Changes nothing."
        },
        exitCodeList = {"0:all that is needed is here", "1:something needed is missing", "2:wrong usage"})
final class DoctorCommand implements Callable<Integer> {
    private final Lab lab;
    private final Terminal terminal;

    @Option(
            names = {"-o", "--output"},
            defaultValue = "text",
            description = Bootproof.OUTPUT)
    private Output output = Output.TEXT;

    DoctorCommand(Lab lab, Terminal terminal) {
        this.lab = lab;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        if (output == Output.JSON) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("good", good(findings));
            all.put("findings", findings);
            Report.json(terminal, all);
        } else {
            findings.forEach(this::tell);
            terminal.line("");
            terminal.line(sum(findings));
        }
        return good(findings) ? 0 : 1;
    }

    private List<Finding> findings() {
        HostFindings host = new HostFindings(lab);
        LabFindings here = new LabFindings(lab);
        List<Supplier<Finding>> looks = List.of(
                host::jdk,
                host::maven,
                host::qemu,
                host::kvm,
                host::space,
                host::reflinks,
                host::memory,
                here::ports,
                here::parts,
                here::registry);
        boolean root = "root".equals(System.getProperty("user.name"));
        var packages = new NeededPackages(lab.installation().packages(), NeededPackages.path(lab), root);
        List<Finding> findings = new ArrayList<>();
        looks.forEach(look -> {
            terminal.passing("  looking ...");
            findings.add(look.get());
        });
        return Stream.concat(findings.stream(), packages.findings().stream()).toList();
    }

    private static boolean good(List<Finding> findings) {
        return findings.stream().noneMatch(finding -> finding.state() == State.MISSING);
    }

    private void tell(Finding finding) {
        String sign = switch (finding.state()) {
            case GOOD -> terminal.good("ok     ");
            case NOTE -> terminal.odd("note   ");
            case MISSING -> terminal.bad("missing");
        };
        terminal.line("%s  %-32s %s".formatted(sign, finding.name(), finding.found()));
        if (!finding.advice().isEmpty() && finding.state() != State.GOOD) {
            terminal.line("         " + terminal.quiet("%-32s %s".formatted("", finding.advice())));
        }
    }

    private static String sum(List<Finding> findings) {
        long missing = findings.stream()
                .filter(finding -> finding.state() == State.MISSING)
                .count();
        return missing == 0
                ? "all that a lab needs is here"
                : missing + " of " + findings.size() + " things are missing, see above";
    }
}
