package dev.bootproof.chaos.accountant;

import dev.bootproof.chaos.accountant.Seen.Entry;
import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Of a run that is over nothing is left: no process, directory or file with its name, no temporary tag. Its evidence,
 * result and signed verdict stay. What names a run that nobody has heard of, and work that nobody finishes, is a leak too.
 */
final class NothingLeft implements Rule {
    private static final Pattern MACHINE = Pattern.compile("-name bootproof-([a-z0-9-]+)-p[0-9]+");
    private static final Pattern EVIDENCE = Pattern.compile("-p[0-9]+");
    private static final String LOCK = ".lock";

    @Override
    public Stream<Violation> check(Account account) {
        List<Named> all = Stream.concat(
                        account.books().host().stream().map(NothingLeft::named),
                        tags(account.books().registry()).map(NothingLeft::named))
                .toList();
        List<Violation> found = new ArrayList<>();
        for (Named thing : all) {
            Optional<RunAccount> run = account.runs()
                    .filter(one -> thing.text().contains(one.id().value()))
                    .findFirst();
            run.ifPresentOrElse(
                    of -> leak(of, thing, account).ifPresent(found::add),
                    () -> orphan(thing, account).ifPresent(found::add));
        }
        return found.stream();
    }

    /**
     * Something with a text in which a run may be named.
     *
     * @param text where names are looked for
     * @param words what it is, for people
     * @param stays of which run it may stay for good
     * @param orphan the run that it says it is of, or what it is left of, should nobody know that
     */
    private record Named(String text, String words, Predicate<RunId> stays, Optional<String> orphan) {}

    private static Stream<Stored.Tag> tags(List<Stored> registry) {
        return registry.stream().filter(Stored.Tag.class::isInstance).map(Stored.Tag.class::cast);
    }

    private static Named named(Seen seen) {
        return switch (seen) {
            case Seen.Running process ->
                new Named(
                        process.text(),
                        "the process " + process.pid() + " runs: " + shortened(process.command()),
                        run -> false,
                        machine(process.command()));
            case Entry entry -> new Named(entry.path(), entry.path() + " is there", run -> false, orphan(entry));
        };
    }

    private static Named named(Stored.Tag tag) {
        return new Named(
                tag.name(),
                "the tag " + tag.name() + " is in " + tag.repository(),
                run -> lasting(tag.name(), run),
                Optional.empty());
    }

    private static boolean lasting(String tag, RunId run) {
        return tag.equals(Names.resultTag(run))
                || tag.equals(Names.attestationTag(run))
                || EVIDENCE.matcher(tag.substring(run.value().length())).matches();
    }

    private static Optional<Violation> leak(RunAccount run, Named thing, Account account) {
        Instant due = account.goneDue(run).orElseGet(() -> account.verdictDue(run));
        return account.past(due) && !thing.stays().test(run.id())
                ? Optional.of(new Violation(
                        Kind.LEAKED, run.id().value(), thing.words() + ", gone it should be since " + due))
                : Optional.empty();
    }

    private static Optional<Violation> orphan(Named thing, Account account) {
        return thing.orphan()
                .filter(of -> account.idle())
                .map(of -> new Violation(Kind.LEAKED, of, thing.words() + ", and nobody on the bus knows of it"));
    }

    private static Optional<String> machine(String command) {
        Matcher matcher = MACHINE.matcher(command);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** What lies below runs/ is a run's; what lies below work/ and is no lock is a disk that nobody finished. */
    private static Optional<String> orphan(Entry entry) {
        String name = String.valueOf(Path.of(entry.path()).getFileName());
        return switch (entry.root()) {
            case RUNS -> Optional.of(name);
            case WORK -> name.endsWith(LOCK) ? Optional.empty() : Optional.of("unfinished work");
            case DISKS, HOME, TEMPORARY -> Optional.empty();
        };
    }

    private static String shortened(String command) {
        return command.length() > 120 ? command.substring(0, 120) + "…" : command;
    }
}
