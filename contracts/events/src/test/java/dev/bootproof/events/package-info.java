@NullMarked
package dev.bootproof.events;

import org.jspecify.annotations.NullMarked;
