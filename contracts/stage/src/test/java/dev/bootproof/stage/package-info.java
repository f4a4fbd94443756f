@NullMarked
package dev.bootproof.stage;

import org.jspecify.annotations.NullMarked;
