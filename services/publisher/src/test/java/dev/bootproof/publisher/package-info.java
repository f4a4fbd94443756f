@NullMarked
package dev.bootproof.publisher;

import org.jspecify.annotations.NullMarked;
