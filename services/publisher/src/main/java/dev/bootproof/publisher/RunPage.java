package dev.bootproof.publisher;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/**
 * The page of one run.
 *
 * @param run the run in one line
 * @param story all of it
 * @param live whether the machine's screen can be seen now
 * @param bars when which stage worked
 * @param phases what came of each phase
 * @param targets who is told of the verdict
 * @param gate the command that asks whether the image may pass; empty where there is no signed verdict
 * @param lease what becomes of its machines and disks, in a sentence
 * @param removed what the janitor removed
 */
record RunPage(
        RunRow run,
        RunStory story,
        boolean live,
        List<Timeline.Bar> bars,
        List<PhaseView> phases,
        List<TargetView> targets,
        String gate,
        String lease,
        List<String> removed)
        implements TemplateInstance {}
