package dev.bootproof.vmprovisioner;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Who waits for a machine, and in which order: first come, first served, except that every stream gets one in a turn
 * before any gets another, however many it has waiting. A run that has begun goes before those that have not.
 *
 * <p>Start-time fair queueing with equal shares (Goyal, Vin and Cheng, 1996): whoever comes is given the turn after its
 * stream's last one, and never one that is over.
 */
final class FairQueue {
    private static final long AT_ONCE = -1;
    private static final Comparator<Waiting> ORDER =
            Comparator.comparingLong(Waiting::turn).thenComparingLong(Waiting::arrived);

    private final SortedSet<Waiting> waiting = new TreeSet<>(ORDER);
    private final Map<String, Waiting> byName = new HashMap<>();
    private final Map<String, Long> last = new HashMap<>();
    private long turn;
    private long arrived;

    private record Waiting(Order order, long turn, long arrived) {}

    /** Waits from now on; whoever waits already keeps its place. */
    void join(Order order) {
        if (!byName.containsKey(order.name())) {
            Waiting entry = new Waiting(order, turnOf(order), arrived++);
            byName.put(order.name(), entry);
            waiting.add(entry);
        }
    }

    private long turnOf(Order order) {
        if (order.phase() > 0) {
            return AT_ONCE;
        }
        long next = Math.max(turn, last.getOrDefault(order.image().stream(), turn - 1) + 1);
        last.put(order.image().stream(), next);
        return next;
    }

    /** Was let in, so that its turn has come. */
    void served(Order order) {
        Waiting was = byName.get(order.name());
        if (was != null && was.turn() > turn) {
            turn = was.turn();
            last.values().removeIf(of -> of < turn);
        }
    }

    /** Waits no more. */
    void leave(Order order) {
        Waiting entry = byName.remove(order.name());
        if (entry != null) {
            waiting.remove(entry);
        }
    }

    /** Those that wait, in their order. */
    Stream<Order> inOrder() {
        return waiting.stream().map(Waiting::order);
    }
}
