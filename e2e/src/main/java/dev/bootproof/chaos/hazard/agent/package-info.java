/**
 * What runs inside the services while they are under test: brought there by a Java agent, on the boot class path, and
 * made of nothing but the JDK. No line of a service knows of it.
 */
@NullMarked
package dev.bootproof.chaos.hazard.agent;

import org.jspecify.annotations.NullMarked;
