package dev.bootproof.poller;

import dev.bootproof.catalog.Catalog;
import dev.bootproof.catalog.PullRequests;
import dev.bootproof.catalog.WatchedStream;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The streams and pull requests that are watched. */
final class Streams {
    private final Map<String, WatchedStream> byName;
    private final Map<String, List<WatchedStream>> byTag;
    private final Map<PullRequests, Pattern> pulls;
    private final @Nullable String canary;

    Streams(Catalog catalog) {
        this.byName = catalog.streams().stream().collect(Collectors.toMap(WatchedStream::name, Function.identity()));
        this.canary = catalog.streams().stream()
                .filter(WatchedStream::canary)
                .map(WatchedStream::name)
                .findFirst()
                .orElse(null);
        this.byTag = catalog.streams().stream()
                .collect(Collectors.groupingBy(stream ->
                        tag(stream.image().repository(), stream.image().reference())));
        this.pulls = catalog.pullRequests().stream()
                .distinct()
                .collect(Collectors.toMap(Function.identity(), Streams::images));
    }

    Collection<WatchedStream> all() {
        return byName.values();
    }

    Collection<PullRequests> pullRequests() {
        return pulls.keySet();
    }

    Optional<WatchedStream> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The name of the stream that is the lab's canary, where there is one. */
    Optional<String> canary() {
        return Optional.ofNullable(canary);
    }

    /**
     * The keys of what a push to this place may have moved. A registry often calls itself by another name than ours, so
     * where no stream is of this host all with the repository and tag are meant: looking once too often costs nothing.
     */
    List<String> pushed(String host, String repository, String tag) {
        List<WatchedStream> candidates = byTag.getOrDefault(tag(repository, tag), List.of());
        List<WatchedStream> exact = candidates.stream()
                .filter(stream -> stream.image().registry().equals(host))
                .toList();
        Stream<String> streams = (exact.isEmpty() ? candidates : exact).stream().map(WatchedStream::name);
        Stream<String> requests = pulls.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(tag(repository, tag)).matches())
                .map(entry -> PullsSubject.key(entry.getKey()));
        return Stream.concat(streams, requests).toList();
    }

    /** What repository and tag of an image of these look like. */
    private static Pattern images(PullRequests requests) {
        String below = requests.image().substring(requests.image().indexOf('/') + 1);
        return Pattern.compile(
                Pattern.quote(below).replace("{number}", "\\E[0-9]+\\Q").replace("{commit}", "\\E[0-9a-f]+\\Q"));
    }

    private static String tag(String repository, String tag) {
        return repository + ":" + tag;
    }
}
