package dev.bootproof.vmprovisioner;

import dev.bootproof.events.Fault;

/**
 * Why a boot cannot come up any more.
 *
 * @param fault the row of the fault table
 * @param evidence what was seen, for people
 */
public record Trouble(Fault fault, String evidence) {}
