/** OCI registries in our words: images are read and verified, artifacts are pushed and hung on the digest they are about. */
@NullMarked
package dev.bootproof.registry;

import org.jspecify.annotations.NullMarked;
