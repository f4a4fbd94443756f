/** What layers and published files are packed with. */
@NullMarked
package dev.bootproof.diskbuilder.packed;

import org.jspecify.annotations.NullMarked;
