@NullMarked
package dev.bootproof.attestation;

import org.jspecify.annotations.NullMarked;
