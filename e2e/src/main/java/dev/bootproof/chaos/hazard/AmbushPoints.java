package dev.bootproof.chaos.hazard;

import static dev.bootproof.chaos.hazard.AmbushPoint.after;
import static dev.bootproof.chaos.hazard.AmbushPoint.before;
import static dev.bootproof.chaos.hazard.AmbushPoint.writing;
import static dev.bootproof.chaos.hazard.AmbushPoint.written;

import java.util.List;

/**
 * Where the services can be killed: each before what it does, after that and before it says so, and after it has said so
 * and before its record is done with.
 */
final class AmbushPoints {
    /** All of them. */
    static final List<AmbushPoint> ALL = List.of(
            before("poller", "before-effect", "poller.Announcer", "announce", "a stream moved, nothing is announced"),
            after("poller", "after-effect", "poller.Announcer", "announce", "announced, and not remembered"),
            written("poller", "after-event", "poller-state", "announced and remembered"),
            writing("disk-builder", "before-lease", "cleanup-due", "an event was read, there is no lease"),
            written("disk-builder", "after-lease", "cleanup-due", "there is a lease and nothing else"),
            before("disk-builder", "before-effect", "diskbuilder.GoldenDisks", "publish", "a disk is made, aside"),
            after("disk-builder", "after-effect", "diskbuilder.HeldRuns", "build", "the disk is there, nobody knows"),
            written("disk-builder", "after-event", "disk-ready", "the disk is announced, its record not done"),
            before("vm-provisioner", "before-effect", "vmprovisioner.qemu.Launch", "launch", "no machine yet"),
            before("vm-provisioner", "in-effect", "vmprovisioner.qemu.Launch", "start", "its files are there"),
            after("vm-provisioner", "after-effect", "vmprovisioner.qemu.Launch", "launch", "a machine that boots"),
            writing("vm-provisioner", "before-event", "vm-ready", "a machine that is up, nobody knows"),
            written("vm-provisioner", "after-event", "vm-ready", "the machine is announced, its record not done"),
            before("test-runner", "before-effect", "testrunner.SuiteRun", "attempt", "a suite is about to be sent"),
            after("test-runner", "after-suite", "testrunner.SuiteRun", "attempt", "a suite has ended, nothing is kept"),
            before("test-runner", "before-evidence", "testrunner.oci.RegistryEvidence", "keep", "nothing is kept"),
            after("test-runner", "after-evidence", "testrunner.oci.RegistryEvidence", "keep", "kept, and no verdict"),
            written("test-runner", "after-event", "tests-done", "the verdict is out, its record not done"),
            before("publisher", "before-effect", "publisher.Results", "push", "a verdict was read"),
            after("publisher", "after-effect", "publisher.Results", "push", "the result hangs, without a signature"),
            after("publisher", "after-signature", "publisher.Signatures", "hang", "the signed verdict hangs too"),
            before("publisher", "before-telling", "publisher.Webhook", "tell", "somebody is about to be told"),
            written("publisher", "after-event", "publisher-state", "what is to be told is in the book"),
            writing("janitor", "before-ended", "cleanup-due", "a verdict was read, its lease is held"),
            written("janitor", "after-ended", "cleanup-due", "the lease book has its line"),
            before("janitor", "before-effect", "janitor.local.LocalInventory", "remove", "nothing is removed"),
            after("janitor", "after-effect", "janitor.local.LocalInventory", "remove", "removed, the book says ended"),
            after("janitor", "after-event", "janitor.Leases", "release", "removed, and the book says so"));

    private AmbushPoints() {}
}
