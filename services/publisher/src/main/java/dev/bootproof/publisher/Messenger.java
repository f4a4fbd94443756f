package dev.bootproof.publisher;

import dev.bootproof.events.Target;

/**
 * A way to tell somebody of a verdict.
 *
 * <p>Failure: none is thrown but {@link dev.bootproof.registry.RegistryException}; whoever was told once may be told
 * once more, by the same key.
 */
interface Messenger {
    /** Whom it can tell. */
    Target.Kind kind();

    /** Tries once. */
    Outcome tell(Telling telling);
}
