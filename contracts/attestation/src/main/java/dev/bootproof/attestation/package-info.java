/** Signed verdicts: what they say, how they are signed, where they hang, and the gate that believes them or not. */
@NullMarked
package dev.bootproof.attestation;

import org.jspecify.annotations.NullMarked;
