package dev.bootproof.vmprovisioner.qemu;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.vmprovisioner.Signal;
import java.util.Optional;

/**
 * What QEMU says, in our words.
 *
 * @see <a href="https://www.qemu.org/docs/master/interop/qemu-qmp-ref.html">QEMU QMP reference</a>
 */
final class QemuEvents {
    private static final Signal.Panicked PANICKED = new Signal.Panicked("the guest reported a panic to its machine");

    private String ioError = "";
    private volatile boolean pausedByUs;

    /** Pauses and their ends are not told from now on, or again: it is the lab itself that pauses the machine. */
    void pausedByUs(boolean now) {
        pausedByUs = now;
    }

    /** What an event means. */
    Optional<Signal> event(String name, JsonNode data) {
        return switch (name) {
            case "GUEST_PANICKED" -> Optional.of(PANICKED);
            case "VSERPORT_CHANGE" ->
                data.path("open").asBoolean() && data.path("id").asText().equals(AgentChannel.PORT)
                        ? Optional.of(new Signal.Prompted())
                        : Optional.empty();
            case "RESET" -> data.path("guest").asBoolean() ? Optional.of(new Signal.Rebooted()) : Optional.empty();
            case "SHUTDOWN" -> Optional.of(shutdown(data));
            case "BLOCK_IO_ERROR" -> {
                ioError = "the host could not " + data.path("operation").asText("use") + " the machine's disk: "
                        + data.path("reason").asText("no reason given");
                yield Optional.empty();
            }
            case "STOP", "RESUME" -> pausedByUs ? Optional.empty() : pause(name);
            default -> Optional.empty();
        };
    }

    private Optional<Signal> pause(String name) {
        boolean stopped = name.equals("STOP");
        String why = ioError.isEmpty() ? "it was paused from outside" : ioError;
        return Optional.of(stopped ? new Signal.Paused(why) : new Signal.Resumed());
    }

    /** What the answer to {@code query-status} means; empty when all is well. */
    Optional<Signal> status(JsonNode answer) {
        return switch (answer.path("status").asText()) {
            case "guest-panicked" -> Optional.of(PANICKED);
            case "io-error" -> Optional.of(new Signal.Paused("the host could not use the machine's disk"));
            case "paused" -> Optional.of(new Signal.Paused("it was paused from outside"));
            default -> Optional.empty();
        };
    }

    private static Signal shutdown(JsonNode data) {
        String reason = data.path("reason").asText();
        if (data.path("guest").asBoolean()) {
            return reason.equals("guest-panic") ? PANICKED : new Signal.TurnedOff();
        }
        return reason.equals("host-qmp-quit")
                ? new Signal.Stopped()
                : new Signal.Gone("QEMU was ended by the host (" + reason + ")");
    }
}
