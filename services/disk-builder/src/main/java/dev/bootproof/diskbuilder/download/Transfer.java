package dev.bootproof.diskbuilder.download;

import dev.bootproof.diskbuilder.Deadline;
import dev.bootproof.diskbuilder.Progress;
import dev.bootproof.events.Digest;
import dev.bootproof.events.Download;
import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import dev.bootproof.stage.Stopping;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * Fetches one file. A transfer that breaks off goes on where it stopped, where the server can; only the checksum of the
 * whole says that it is the right one.
 *
 * <p>Failure: a {@link StageFault}; what has come then is of no use.
 */
public final class Transfer {
    private static final int BUFFER = 1 << 16;
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(8);

    private final Download download;
    private final Address address;
    private final Limits limits;
    private final Deadline deadline;
    private final Stopping stopping;
    private Duration pause = FIRST;
    private Instant quietSince;

    /**
     * A transfer that has not begun.
     *
     * @param limits how much, and how long to wait
     */
    public Transfer(Download download, Limits limits, Deadline deadline, Stopping stopping) {
        this.download = download;
        this.address = new Address(download.url());
        this.limits = limits;
        this.deadline = deadline;
        this.stopping = stopping;
        this.quietSince = deadline.clock().instant();
    }

    /** Fetches it. */
    public void to(Path file, Progress progress) {
        try (PartialFile out = new PartialFile(file);
                HttpSource source = new HttpSource(limits.silence(), deadline)) {
            while (!attempt(source, out, progress)) {
                deadline.check("a download was still coming in");
            }
            Digest got = out.finish();
            if (!got.equals(download.checksum())) {
                throw new StageFault(
                        Fault.DIGEST_MISMATCH,
                        address + ": bytes of " + got + ", the plan says " + download.checksum());
            }
        }
    }

    /** Whether the file is there; a pause was made where it is not. */
    private boolean attempt(HttpSource source, PartialFile out, Progress progress) {
        long before = out.length();
        try {
            receive(source, out, progress);
            return true;
        } catch (IOException e) {
            if (out.length() > before) {
                pause = FIRST;
                quietSince = deadline.clock().instant();
            }
            wait(e, out.length());
            return false;
        }
    }

    private void receive(HttpSource source, PartialFile out, Progress progress) throws IOException {
        HttpResponse<InputStream> answer = source.get(address, out.length());
        try (InputStream body = answer.body()) {
            switch (answer.statusCode()) {
                case 200 -> out.restart();
                case 206 -> goOn(answer, out);
                default -> {
                    if (answer.statusCode() == 416) {
                        out.restart();
                    }
                    Answers.judge(address, answer, deadline.clock());
                }
            }
            long total = out.length()
                    + answer.headers().firstValueAsLong("content-length").orElse(0);
            bounded(total);
            progress.expect(total);
            byte[] buffer = new byte[BUFFER];
            for (int got = source.read(body, buffer); got >= 0; got = source.read(body, buffer)) {
                bounded(out.length() + got);
                out.add(buffer, got);
                progress.at(out.length());
            }
            if (out.length() < total) {
                throw new Interrupted("it ended after " + out.length() + " of " + total + " bytes", Duration.ZERO);
            }
        }
    }

    private static void goOn(HttpResponse<?> answer, PartialFile out) throws Interrupted {
        String range = answer.headers().firstValue("content-range").orElse("");
        if (!range.startsWith("bytes " + out.length() + "-")) {
            out.restart();
            throw new Interrupted("it went on at another place than asked: " + range, Duration.ZERO);
        }
    }

    private void bounded(long length) {
        if (length > limits.mostBytes()) {
            throw new StageFault(
                    Fault.IMAGE_TOO_LARGE,
                    address + " is more than " + (limits.mostBytes() >> 20) + " MiB: raise disk-builder.largest-disk");
        }
    }

    private void wait(IOException why, long have) {
        String evidence = address + ": "
                + Objects.requireNonNullElse(why.getMessage(), why.getClass().getSimpleName())
                + (have == 0 ? "" : ", " + have + " bytes had come");
        Duration asked = why instanceof Interrupted said ? said.waitAsked() : Duration.ZERO;
        Duration wait = asked.compareTo(pause) > 0 ? asked : pause;
        Instant next = deadline.clock().instant().plus(wait);
        if (next.isAfter(quietSince.plus(limits.patience()))) {
            String later = asked.isZero() ? "" : ", it asks to come again in " + asked.toSeconds() + " s";
            throw new StageFault(Fault.REGISTRY_UNAVAILABLE, evidence + later);
        }
        if (next.isAfter(deadline.end())) {
            throw deadline.missed("a download had not come in: " + evidence);
        }
        Log.warnf("asking again in %s: %s", wait, evidence);
        stopping.pause(wait);
        pause = pause.compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
    }
}
