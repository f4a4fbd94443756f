package dev.bootproof.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Who listens where. A port is chosen once and kept as long as nobody else takes it, so that two labs coexist. */
final class Ports {
    /** The broker's second port, where it talks to itself as its own controller. */
    static final String CONTROLLER = "controller";

    /** Below the range that Linux hands out to clients, so that a port of a stopped part stays free. */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;

    private final int first;
    private final boolean usual;
    private final IntPredicate free;

    private Ports(int first, boolean usual, IntPredicate free) {
        this.first = first;
        this.usual = usual;
        this.free = free;
    }

    /**
     * The ports of a lab.
     *
     * @param home whose; each home begins to look somewhere else
     * @param usual whether to try the ports that people know first
     */
    static Ports of(Home home, boolean usual) {
        int span = HIGHEST - LOWEST;
        return new Ports(LOWEST + Math.floorMod(home.directory().hashCode() * 31, span), usual, Ports::isFree);
    }

    /** For tests: with another idea of what is free. */
    Ports judgedBy(IntPredicate other) {
        return new Ports(first, usual, other);
    }

    /** A port for every part: that of a running part stays, that of another stays while it is free. */
    Map<String, Integer> choose(LabState state) {
        Map<String, Integer> chosen = new TreeMap<>();
        Set<Integer> taken = new TreeSet<>(state.ports().values());
        for (Part part : Part.values()) {
            keepOrChoose(state, part, part.word(), part.usualPort(), chosen, taken);
        }
        keepOrChoose(state, Part.BROKER, CONTROLLER, Part.BROKER.usualPort() + 1, chosen, taken);
        return chosen;
    }

    private void keepOrChoose(
            LabState state, Part part, String name, int wished, Map<String, Integer> chosen, Set<Integer> taken) {
        Integer known = state.ports().get(name);
        if (known != null && (state.running(part).isPresent() || free.test(known))) {
            chosen.put(name, known);
            return;
        }
        int port = IntStream.concat(usual ? IntStream.of(wished) : IntStream.empty(), scan())
                .filter(candidate -> !taken.contains(candidate) && free.test(candidate))
                .findFirst()
                .orElseThrow(() -> Trouble.lab("this machine has no free port", "stop what listens on so many"));
        taken.add(port);
        chosen.put(name, port);
    }

    private IntStream scan() {
        return IntStream.concat(IntStream.range(first, HIGHEST), IntStream.range(LOWEST, first));
    }

    static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
