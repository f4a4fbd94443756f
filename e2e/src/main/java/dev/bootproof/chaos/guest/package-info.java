/**
 * The stand-in guest: a program that takes QEMU's place and plays a machine, fast enough for a thousand of them. All else
 * stays as it is: the services, their keys, the scripts that test-runner runs in a guest.
 */
@NullMarked
package dev.bootproof.chaos.guest;

import org.jspecify.annotations.NullMarked;
