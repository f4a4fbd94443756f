/** Files that are published at a URL, over HTTP, kept by their checksums. */
@NullMarked
package dev.bootproof.diskbuilder.download;

import org.jspecify.annotations.NullMarked;
