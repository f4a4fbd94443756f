/** The notifications that registries send: hints to look, and nothing in them is believed. */
@NullMarked
package dev.bootproof.poller.hook;

import org.jspecify.annotations.NullMarked;
