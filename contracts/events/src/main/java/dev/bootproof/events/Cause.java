package dev.bootproof.events;

/** Why a run exists. Two events with one cause are one run; a run id is a hash of its cause. */
public sealed interface Cause {
    /** The text that is hashed; its form never changes, because run ids are compared over years. */
    String text();

    /**
     * The poller saw a stream move.
     *
     * @param stream the stream that moved
     * @param generation counts the moves of the stream, so that going back to an old digest is a new run
     * @param digest what the stream points at now
     */
    record Announced(String stream, long generation, Digest digest) implements Cause {
        @Override
        public String text() {
            return "announced\n" + stream + "\n" + generation + "\n" + digest;
        }
    }

    /**
     * A person or a program wrote a record: redelivered it is the same run, typed again it is a new one.
     *
     * @param topic where it was written
     * @param partition its partition
     * @param offset its offset
     * @param timestamp the record's timestamp in milliseconds, which tells a recreated topic from the old one
     */
    record Typed(String topic, int partition, long offset, long timestamp) implements Cause {
        @Override
        public String text() {
            return "typed\n" + topic + "\n" + partition + "\n" + offset + "\n" + timestamp;
        }
    }
}
