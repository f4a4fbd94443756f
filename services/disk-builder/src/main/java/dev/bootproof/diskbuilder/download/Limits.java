package dev.bootproof.diskbuilder.download;

import java.time.Duration;

/**
 * What a download may take.
 *
 * @param mostBytes the size of the largest file that is taken
 * @param silence how long a server may say nothing
 * @param patience how long a server that does not answer, or breaks off, is asked again
 */
public record Limits(long mostBytes, Duration silence, Duration patience) {}
