package dev.bootproof.testrunner.source;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a suite comes from, as a plan says it: {@code git+https://host/repository@ref#path} or
 * {@code oci://registry/repository:tag#path}. Pinned it is written the same, with a commit or a digest.
 *
 * @param scheme {@code oci}, or {@code git+} and what git speaks there
 * @param place the repository; of git as a URL, of a registry with its tag or digest
 * @param ref a branch, tag or commit; empty for a registry
 * @param path the suite's directory there; empty for all of it
 */
public record SourceRef(String scheme, String place, String ref, String path) {
    private static final Pattern GIT = Pattern.compile("git\\+([a-z]{2,5})://([^\\s#]+)@([^\\s@#]+)(?:#(.+))?");
    private static final Pattern OCI = Pattern.compile("oci://([^\\s#]+)(?:#(.+))?");
    private static final Pattern PATH = Pattern.compile("[^/\\\\\\p{Cntrl}]+(?:/[^/\\\\\\p{Cntrl}]+)*");
    private static final Pattern SECRET = Pattern.compile("[^/@]*:[^/@]*@.*");

    /**
     * Reads what a plan says.
     *
     * @throws StageFault {@code suite-missing} with how it is to be written
     */
    public static SourceRef parse(String text) {
        Matcher git = GIT.matcher(text);
        if (git.matches()) {
            if (SECRET.matcher(git.group(2)).matches()) {
                throw missing("a password does not belong into a source: use a repository that everybody may read");
            }
            String place = git.group(1) + "://" + git.group(2);
            return new SourceRef("git+" + git.group(1), place, git.group(3), path(text, git.group(4)));
        }
        Matcher oci = OCI.matcher(text);
        if (oci.matches()) {
            return new SourceRef("oci", oci.group(1), "", path(text, oci.group(2)));
        }
        throw missing(text + ": write git+https://host/repository@ref#path or oci://registry/repository:tag#path");
    }

    /** The same at a commit. */
    public SourceRef atCommit(String commit) {
        return new SourceRef(scheme, place, commit, path);
    }

    /** The same at a digest. */
    public SourceRef atPlace(String pinned) {
        return new SourceRef(scheme, pinned, ref, path);
    }

    /** A fault that says what to do about this source. */
    public StageFault missing(Object why) {
        return missing(this + ": " + why);
    }

    /** As a plan says it. */
    @Override
    public String toString() {
        String at = scheme.equals("oci") ? "oci://" + place : "git+" + place + "@" + ref;
        return path.isEmpty() ? at : at + "#" + path;
    }

    private static String path(String text, String path) {
        if (path == null) {
            return "";
        }
        boolean climbs = ("/" + path + "/").contains("/../") || ("/" + path + "/").contains("/./");
        if (climbs || !PATH.matcher(path).matches()) {
            throw missing(text + ": the path after # is relative and stays inside, as in suites/smoke");
        }
        return path;
    }

    private static StageFault missing(String evidence) {
        return new StageFault(Fault.SUITE_MISSING, evidence);
    }
}
