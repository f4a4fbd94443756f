package dev.bootproof.catalog;

import java.util.List;
import java.util.stream.Collectors;

/** A catalog cannot be used; every mistake in it is named at once. */
public final class BadCatalog extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    BadCatalog(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All mistakes, in the order of their lines. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
