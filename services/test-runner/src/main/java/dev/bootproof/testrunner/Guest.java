package dev.bootproof.testrunner;

/**
 * A guest that was entered.
 *
 * <p>Failure: nothing remains behind but what commands did.
 */
public interface Guest extends AutoCloseable {
    /**
     * Does something in the guest and waits for it.
     *
     * @throws GuestUnreachable when the connection is lost; what was being done may go on
     * @throws CommandTooSlow when the guest answers but the command is not done in its time
     */
    Answer run(Command command);

    @Override
    void close();
}
