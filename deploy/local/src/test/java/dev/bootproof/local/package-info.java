@NullMarked
package dev.bootproof.local;

import org.jspecify.annotations.NullMarked;
