package dev.bootproof.poller;

import dev.bootproof.catalog.WatchedStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The streams that are watched. */
final class Streams {
    private final Map<String, WatchedStream> byName;
    private final Map<String, List<WatchedStream>> byTag;

    Streams(Collection<WatchedStream> streams) {
        this.byName = streams.stream().collect(Collectors.toMap(WatchedStream::name, Function.identity()));
        this.byTag = streams.stream()
                .collect(Collectors.groupingBy(stream ->
                        tag(stream.image().repository(), stream.image().reference())));
    }

    Collection<WatchedStream> all() {
        return byName.values();
    }

    Optional<WatchedStream> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * The streams that a push to this place may have moved. A registry often calls itself by another name than ours, so
     * where no stream is of this host all with the repository and tag are meant: looking once too often costs nothing.
     */
    List<WatchedStream> pushed(String host, String repository, String tag) {
        List<WatchedStream> candidates = byTag.getOrDefault(tag(repository, tag), List.of());
        List<WatchedStream> exact = candidates.stream()
                .filter(stream -> stream.image().registry().equals(host))
                .toList();
        return exact.isEmpty() ? candidates : exact;
    }

    private static String tag(String repository, String tag) {
        return repository + ":" + tag;
    }
}
