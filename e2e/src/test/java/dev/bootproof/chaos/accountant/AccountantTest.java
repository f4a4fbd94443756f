package dev.bootproof.chaos.accountant;

import static dev.bootproof.chaos.accountant.Seeded.second;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.chaos.accountant.Seen.Root;
import dev.bootproof.chaos.accountant.Violation.Kind;
import dev.bootproof.events.DigestChanged;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.Stage;
import dev.bootproof.events.Topic;
import dev.bootproof.events.Verdict;
import dev.bootproof.events.VmReady;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccountantTest {
    private final Storm storm = new Storm();
    private RunId passed = new RunId("none-000000000000");

    @BeforeEach
    void aStormThatHarmedNothing() {
        passed = storm.whole(0, Verdict.PASSED);
        RunId failed = storm.whole(100, Verdict.FAILED);
        RunId errored = storm.whole(200, Verdict.ERRORED);
        storm.say(Seeded.done(failed, second(161), Verdict.ERRORED), second(161));
        storm.say(Seeded.held(errored, second(262), Stage.TEST_RUNNER), second(262));
        storm.hazards.add(new Struck(second(300), "kill", "publisher", second(310)));
        storm.hazards.add(new Struck(second(320), "stall", "registry", second(380)));
        storm.notice(passed, 299, "key-1");
        storm.notice(passed, 305, "key-1");
        storm.entry(Root.DISKS, "disks/00112233445566778899aabbccddeeff");
        storm.entry(Root.WORK, "work/00112233445566778899aabbccddeeff.lock");
        storm.host.add(new Seen.Running(77, "java -jar quarkus-run.jar", "BOOTPROOF_HOME=" + Storm.HOME));
        Line poison =
                storm.write(Topic.DIGEST_CHANGED, second(30), "k", new Content.Unreadable("it is not JSON"), Map.of());
        storm.putAside(poison, second(31), "the body is not JSON");
    }

    private Audit audit() {
        return new Accountant(Allowance.CLAIMED).audit(storm.books());
    }

    private void finds(Kind kind, String run, String... words) {
        assertThat(audit().violations()).singleElement().satisfies(violation -> {
            assertThat(violation.kind()).isEqualTo(kind);
            assertThat(violation.run()).isEqualTo(run);
            assertThat(violation.seen()).contains(words);
        });
    }

    @Test
    void aStormThatHarmedNothingIsProven() {
        // When
        Audit audit = audit();
        // Then
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.proven()).isTrue();
    }

    @Test
    void everythingIsCounted() {
        // When
        Totals totals = audit().totals();
        // Then
        assertThat(totals)
                .isEqualTo(new Totals(
                        3,
                        Map.of("passed", 1L, "failed", 1L, "errored", 1L),
                        0,
                        1,
                        1,
                        1,
                        1,
                        Map.of("kill", 1L, "stall", 1L)));
    }

    @Test
    void aRunThatStillHasTimeIsOpenAndNotLost() {
        // Given
        storm.ask(3590, Verdict.PASSED);
        // When
        Audit audit = audit();
        // Then
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.totals().open()).isEqualTo(1);
        assertThat(audit.proven()).isFalse();
    }

    @Test
    void anEventWithoutAVerdictIsLost() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        // Then
        finds(Kind.LOST, run.value(), "no verdict", "digest-changed/3@", "cleanup-due/3@");
    }

    @Test
    void anEventThatNobodyTookIsLost() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        // Then
        finds(Kind.LOST, run.value(), "no verdict", "no lease");
    }

    @Test
    void anEventThatThePollerAnnouncedIsLostWithoutAVerdict() {
        // Given
        DigestChanged announced = new DigestChanged(Seeded.IMAGE, Seeded.DIGEST, null, Seeded.IMAGE.stream(), 7L, null);
        storm.say(announced, second(400));
        // Then
        finds(Kind.LOST, announced.runId(3, 0, 0).value(), "no verdict");
    }

    @Test
    void aVerdictThatComesTooLateIsLost() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.end(run, 800, Verdict.PASSED);
        // Then
        finds(Kind.LOST, run.value(), "tests-done/3@", "due");
    }

    @Test
    void aVerdictInTheMinuteAfterTheLastMendingIsInTime() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.end(run, 800, Verdict.PASSED);
        storm.hazards.add(new Struck(second(700), "stop", "broker", second(760)));
        // Then
        assertThat(audit().violations()).isEmpty();
    }

    @Test
    void aLeaseThatIsNeverReleasedIsLost() {
        // Given
        RunId run = storm.ask(400, Verdict.SKIPPED);
        storm.begin(run, 401);
        storm.say(Seeded.done(run, second(410), Verdict.SKIPPED, null), second(410));
        storm.say(Seeded.ended(run, second(410)), second(410));
        // Then
        finds(Kind.LOST, run.value(), "lease", "ended");
    }

    @Test
    void aRecordOfARunThatWasPutAsideWithoutAVerdictIsLost() {
        // Given
        RunId run = storm.ask(3500, Verdict.PASSED);
        storm.begin(run, 3501);
        Line broken =
                storm.write(Topic.VM_READY, second(3510), run.value(), new Content.Unreadable("no address"), Map.of());
        storm.putAside(broken, second(3511), "no address");
        // Then
        finds(Kind.LOST, run.value(), "vm-ready.dlq/3@0");
    }

    @Test
    void aResultThatHangsNowhereIsLost() {
        // Given
        storm.registry.removeIf(
                stored -> stored instanceof Stored.Tag(String _, String name) && name.equals(Names.resultTag(passed)));
        // Then
        finds(Kind.LOST, passed.value(), Names.resultTag(passed));
    }

    @Test
    void anUnreadableEventThatIsPutAsideNowhereIsLost() {
        // Given
        storm.write(Topic.DIGEST_CHANGED, second(40), null, new Content.Unreadable("it has no body"), Map.of());
        // Then
        finds(Kind.LOST, "digest-changed/3@4", "it has no body");
    }

    @Test
    void anUnreadableEventThatIsPutAsideTwiceIsDoubled() {
        // Given
        Line poison =
                storm.write(Topic.TESTS_DONE, second(40), null, new Content.Unreadable("it has no body"), Map.of());
        storm.putAside(poison, second(41), "it has no body");
        storm.putAside(poison, second(42), "it has no body");
        // Then
        finds(Kind.DOUBLED, poison.place().toString(), "tests-done.dlq/3@0", "tests-done.dlq/3@1");
    }

    @Test
    void whatIsPutAsideWithoutAReasonIsLost() {
        // Given
        Line poison =
                storm.write(Topic.DISK_READY, second(40), null, new Content.Unreadable("it has no body"), Map.of());
        Line mute = storm.putAside(poison, second(41), " ");
        // Then
        finds(Kind.LOST, mute.place().toString(), "without a reason");
    }

    @Test
    void aTypedEventThatIsRefusedWithAReasonIsNoRun() {
        // Given
        Line typed = storm.say(Seeded.asked(), second(400));
        storm.putAside(typed, second(401), "the catalog has no plan called storm");
        // Then
        assertThat(audit().violations()).isEmpty();
        assertThat(audit().totals().runs()).isEqualTo(3);
    }

    @Test
    void aRecordOfALaterStageAboutARunThatNobodyAskedForIsNoRun() {
        // Given
        Line typed = storm.say(Seeded.example("vm-ready.v1.qemu.json", VmReady.class), second(40));
        storm.putAside(typed, second(41), "no such phase");
        // Then
        assertThat(audit().violations()).isEmpty();
    }

    @Test
    void aSecondMachineBesideTheFirstIsDoubled() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.machine(run, 405);
        storm.machine(run, 406);
        storm.end(run, 420, Verdict.PASSED);
        // Then
        finds(Kind.DOUBLED, run.value(), "second machine of phase 0", "process 1003", "process 1004");
    }

    @Test
    void aBootThatStalledIsTriedOnceMore() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.machineEnds(run, 409, storm.machine(run, 405));
        storm.machineEnds(run, 418, storm.machine(run, 410));
        storm.end(run, 420, Verdict.PASSED);
        // Then
        assertThat(audit().violations()).isEmpty();
    }

    @Test
    void theEndOfAMachineMayBeNotedALittleLate() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        long first = storm.machine(run, 405);
        long second = storm.machine(run, 409);
        storm.machineEnds(run, 411, first);
        storm.machineEnds(run, 418, second);
        storm.end(run, 420, Verdict.PASSED);
        // Then
        assertThat(audit().violations()).isEmpty();
    }

    @Test
    void aThirdBootIsDoubled() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.machineEnds(run, 406, storm.machine(run, 405));
        storm.machineEnds(run, 408, storm.machine(run, 407));
        storm.machineEnds(run, 410, storm.machine(run, 409));
        storm.end(run, 420, Verdict.PASSED);
        // Then
        finds(Kind.DOUBLED, run.value(), "booted 3 times");
    }

    @Test
    void aSuiteThatIsBegunTwiceIsDoubled() {
        // Given
        storm.suite(passed, 25, 1);
        // Then
        finds(Kind.DOUBLED, passed.value(), "the suite system of phase 0");
    }

    @Test
    void aSuiteOfUnknownAttemptIsBegunAsOftenAsThePlanAllows() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED);
        storm.begin(run, 401);
        storm.suite(run, 405, null);
        storm.suite(run, 410, null);
        storm.end(run, 420, Verdict.PASSED);
        // Then
        finds(Kind.DOUBLED, run.value(), "the suite system of phase 0");
    }

    @Test
    void twoResultsOfOneRunAreDoubled() {
        // Given
        storm.registry.add(new Stored.Result("r@" + Seeded.DIGEST, "sha256:other", passed, Verdict.PASSED));
        // Then
        finds(Kind.DOUBLED, passed.value(), "several results", "sha256:other");
    }

    @Test
    void twoSignedVerdictsOfOneRunAreDoubled() {
        // Given
        storm.registry.add(new Stored.Attestation("r@" + Seeded.DIGEST, "sha256:other", passed));
        // Then
        finds(Kind.DOUBLED, passed.value(), "several signed verdicts", "sha256:other");
    }

    @Test
    void aResultThatSaysAnotherVerdictIsDoubled() {
        // Given
        storm.registry.removeIf(
                stored -> stored instanceof Stored.Result result && result.run().equals(passed));
        storm.registry.add(new Stored.Result("r@" + Seeded.DIGEST, "sha256:other", passed, Verdict.FAILED));
        // Then
        finds(Kind.DOUBLED, passed.value(), "sha256:other", "says failed", "passed");
    }

    @Test
    void tellingAgainForNoReasonIsDoubled() {
        // Given
        storm.notice(passed, 330, "key-2");
        storm.notice(passed, 340, "key-2");
        storm.notices.removeIf(notice -> notice.known().equals("key-1"));
        // Then
        finds(Kind.DOUBLED, passed.value(), "chat", "key-2");
    }

    @Test
    void tellingUnderAnotherKeyIsDoubled() {
        // Given
        storm.notice(passed, 305, "key-2");
        // Then
        finds(Kind.DOUBLED, passed.value(), "several keys");
    }

    @Test
    void aLeaseThatIsReleasedTwiceWithOtherContentsIsDoubled() {
        // Given
        storm.say(Seeded.released(passed, second(90), "machine bootproof-x"), second(90));
        // Then
        finds(Kind.DOUBLED, passed.value(), "released more than once", "cleanup-due/3@");
    }

    @Test
    void aLeaseThatIsHeldLongAfterItsEndGoesBack() {
        // Given
        storm.say(Seeded.held(passed, second(120), Stage.TEST_RUNNER), second(120));
        // Then
        finds(Kind.DOUBLED, passed.value(), "goes back", "held at cleanup-due/3@");
    }

    @Test
    void aLeaseThatEndsAfterItsReleaseGoesBack() {
        // Given
        storm.say(Seeded.ended(passed, second(62)), second(62));
        // Then
        finds(Kind.DOUBLED, passed.value(), "goes back", "ended at cleanup-due/3@");
    }

    @Test
    void whatIsBegunForARunThatIsOverWasNotFenced() {
        // Given
        storm.machine(passed, 120);
        // Then
        finds(Kind.DOUBLED, passed.value(), "a machine of phase 0 began", "after its verdict at tests-done/3@0");
    }

    @Test
    void aProcessWithARunsNameIsLeaked() {
        // Given
        storm.host.add(new Seen.Running(4711, "java StandIn -name bootproof-" + passed + "-p0", ""));
        // Then
        finds(Kind.LEAKED, passed.value(), "process 4711", "-name bootproof-");
    }

    @Test
    void aProcessWhoseEnvironmentNamesARunIsLeaked() {
        // Given
        storm.host.add(new Seen.Running(4711, "sh run", "STANDIN_RUN=" + passed));
        // Then
        finds(Kind.LEAKED, passed.value(), "process 4711");
    }

    @Test
    void aMachineOfARunThatNobodyKnowsIsLeaked() {
        // Given
        String command = "java StandIn -name bootproof-ghost-0123456789ab-p0 -pidfile " + Storm.HOME + "/runs/x";
        storm.host.add(new Seen.Running(4711, command, ""));
        // Then
        finds(Kind.LEAKED, "ghost-0123456789ab", "process 4711", "nobody");
    }

    @Test
    void aDirectoryOfARunIsLeaked() {
        // Given
        storm.entry(Root.RUNS, "runs/" + passed);
        // Then
        finds(Kind.LEAKED, passed.value(), Storm.HOME + "/runs/" + passed);
    }

    @Test
    void aDirectoryOfARunThatNobodyKnowsIsLeaked() {
        // Given
        storm.entry(Root.RUNS, "runs/ghost-0123456789ab");
        // Then
        finds(Kind.LEAKED, "ghost-0123456789ab", "nobody");
    }

    @Test
    void aTemporaryDirectoryWithARunsNameIsLeaked() {
        // Given
        storm.entry(Root.TEMPORARY, "bootproof-" + passed + "-x");
        // Then
        finds(Kind.LEAKED, passed.value(), "bootproof-" + passed + "-x");
    }

    @Test
    void unfinishedWorkIsLeaked() {
        // Given
        storm.entry(Root.WORK, "work/00112233445566778899aabbccddeeff-1b2c");
        // Then
        finds(Kind.LEAKED, "unfinished work", "work/00112233445566778899aabbccddeeff-1b2c");
    }

    @Test
    void aTemporaryTagIsLeaked() {
        // Given
        storm.registry.add(new Stored.Tag("bootproof/evidence", passed + "-p0-s1"));
        // Then
        finds(Kind.LEAKED, passed.value(), "tag " + passed + "-p0-s1", "bootproof/evidence");
    }

    @Test
    void aRunThatEndedJustNowMayStillBeCleanedUp() {
        // Given
        storm.entry(Root.RUNS, "runs/" + passed);
        storm.readAt = second(440);
        // When
        Audit audit = audit();
        // Then
        assertThat(audit.violations()).isEmpty();
        assertThat(audit.settled()).isFalse();
        assertThat(audit.proven()).isFalse();
    }

    @Test
    void whatWasThereTooLateIsHeldAgainstTheLabThoughItIsGoneNow() {
        // Given
        storm.entry(Root.RUNS, "runs/" + passed);
        Audit before = audit();
        storm.host.removeLast();
        // When
        Audit after = audit().after(before);
        // Then
        assertThat(after.violations())
                .singleElement()
                .satisfies(one -> assertThat(one.kind()).isEqualTo(Kind.LEAKED));
        assertThat(after.settled()).isTrue();
    }

    @Test
    void aVerdictThatBlamesTheImageForTheLabIsOfTheWrongKind() {
        // Given
        RunId run = storm.ask(400, Verdict.PASSED, Verdict.ERRORED);
        storm.begin(run, 401);
        storm.end(run, 420, Verdict.FAILED);
        // Then
        finds(Kind.WRONG_KIND, run.value(), "passed or errored", "ended failed", "tests-done/3@");
    }

    @Test
    void aSignedVerdictThatSaysNothingOfTheImageIsOfTheWrongKind() {
        // Given
        RunId run = storm.whole(400, Verdict.ERRORED);
        storm.registry.add(new Stored.Tag("bootproof/results", Names.attestationTag(run)));
        // Then
        finds(Kind.WRONG_KIND, run.value(), "signed", Names.attestationTag(run));
    }

    @Test
    void theReportNamesEveryViolationUnderItsRun() {
        // Given
        storm.entry(Root.RUNS, "runs/" + passed);
        RunId lost = storm.ask(400, Verdict.PASSED);
        // When
        Report report = new Report(audit());
        // Then
        assertThat(report.text().lines().toList())
                .contains("lost                   1", "leaked                 1", passed.value(), lost.value())
                .anyMatch(line -> line.startsWith("  leaked: " + Storm.HOME + "/runs/"));
        assertThat(report.json()).contains("\"proven\" : false", "\"kind\" : \"lost\"", lost.value());
        assertThat(List.of(Kind.values())).allMatch(kind -> report.json().contains("\"" + kind.words() + "\""));
    }
}
