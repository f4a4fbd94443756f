package dev.bootproof.publisher;

import io.quarkus.qute.TemplateInstance;

/**
 * The page instead of one that is not there.
 *
 * @param sentence why
 */
record MissingPage(String sentence) implements TemplateInstance {}
