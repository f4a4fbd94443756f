package dev.bootproof.diskbuilder;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.NoLongerHeld;
import dev.bootproof.stage.StageFault;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets the first who wants a disk make it, and the others of this process wait for what comes of it. */
final class Together {
    private final Map<String, CompletableFuture<GoldenDisk>> running = new ConcurrentHashMap<>();

    /**
     * Leads or follows.
     *
     * @param waiting how long to follow
     * @param lead makes the disk
     * @return the disk; nothing when it was not made because the leader's run or its time was over: then lead or follow
     *     again
     */
    Optional<GoldenDisk> leadOrFollow(String identity, Deadline waiting, Supplier<GoldenDisk> lead) {
        CompletableFuture<GoldenDisk> mine = new CompletableFuture<>();
        CompletableFuture<GoldenDisk> other = running.putIfAbsent(identity, mine);
        if (other != null) {
            return follow(other, waiting);
        }
        try {
            GoldenDisk disk = lead.get();
            mine.complete(disk);
            return Optional.of(disk);
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            running.remove(identity, mine);
        }
    }

    private static Optional<GoldenDisk> follow(CompletableFuture<GoldenDisk> other, Deadline waiting) {
        try {
            return Optional.of(other.get(waiting.left().toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException e) {
            if (isTheLeadersOwn(e.getCause()) && !waiting.left().isZero()) {
                return Optional.empty();
            }
            throw e.getCause() instanceof StageFault fault ? fault : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw waiting.missed("another run was still making the same disk");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while another run makes the disk", e);
        }
    }

    /** Whether it says nothing about the disk: another plan has other times. */
    private static boolean isTheLeadersOwn(@Nullable Throwable why) {
        return why instanceof NoLongerHeld
                || (why instanceof StageFault e && (e.fault() == Fault.BUILD_TIMEOUT || e.fault() == Fault.NO_ROOM));
    }
}
