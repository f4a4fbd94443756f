package dev.bootproof.poller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final Deque<Runnable> threads = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Lane lane = new Lane(2, threads::add);

    @Test
    void onlySoMuchHasAThreadAndTheRestWaitsInAQueue() {
        // When
        for (int n = 0; n < 1000; n++) {
            lane.submit(() -> done.add("work"), false);
        }

        // Then
        assertThat(threads).hasSize(2);
        runAll();
        assertThat(done).hasSize(1000);
    }

    @Test
    void whatIsUrgentIsDoneBeforeAllThatWaits() {
        // When
        List.of("one", "two", "three").forEach(name -> lane.submit(() -> done.add(name), false));
        lane.submit(() -> done.add("urgent"), true);

        // Then
        runAll();
        assertThat(done).containsExactly("one", "urgent", "three", "two");
    }

    @Test
    void workThatFailsLeavesItsPlaceToTheNext() {
        // When
        for (int n = 0; n < 4; n++) {
            lane.submit(
                    () -> {
                        throw new IllegalStateException("this work fails");
                    },
                    false);
        }
        runAll();
        lane.submit(() -> done.add("after"), false);

        // Then
        runAll();
        assertThat(done).containsExactly("after");
    }

    private void runAll() {
        while (!threads.isEmpty()) {
            threads.remove().run();
        }
    }
}
