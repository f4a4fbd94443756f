package dev.bootproof.chaos.accountant;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.ImageRef;
import dev.bootproof.events.Names;
import dev.bootproof.events.RunId;
import dev.bootproof.events.TestsDone;
import dev.bootproof.events.Verdict;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.Registry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What lies in a lab's registry: every tag of every repository, and what refers to the digests that verdicts are about.
 *
 * <p>Failure: throws {@link IOException} or {@link dev.bootproof.registry.RegistryException} where it does not answer.
 */
final class RegistryReader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RUN = "dev.bootproof.run";
    private static final String VERDICT = "dev.bootproof.verdict";
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle";

    private final String address;
    private final Registry registry;

    RegistryReader(String address, Registry registry) {
        this.address = address;
        this.registry = registry;
    }

    List<Stored> read(List<Line> bus) throws IOException {
        List<Stored> all = new ArrayList<>();
        Set<Digest> tested = bus.stream()
                .flatMap(line -> line.said(TestsDone.class).stream())
                .flatMap(done -> Optional.ofNullable(done.digest()).stream())
                .collect(Collectors.toSet());
        for (String repository : names("_catalog?n=1000", "repositories")) {
            ImageRef here = ImageRef.parse(address + "/" + repository);
            List<String> tags = names(repository + "/tags/list", "tags");
            tags.forEach(tag -> all.add(new Stored.Tag(repository, tag)));
            if (tags.stream().anyMatch(RegistryReader::published)) {
                tested.forEach(digest -> all.addAll(about(here.at(digest))));
            }
        }
        return all;
    }

    /** What is published has a tag of its own in the same repository, beside what it refers to. */
    private static boolean published(String tag) {
        return tag.endsWith("-result") || tag.endsWith("-attestation");
    }

    private List<Stored> about(ImageRef subject) {
        return registry.referrers(subject).stream()
                .flatMap(referrer -> stored(subject, referrer).stream())
                .toList();
    }

    private static Optional<Stored> stored(ImageRef subject, Descriptor referrer) {
        String run = referrer.annotations().getOrDefault(RUN, "");
        String type = String.valueOf(referrer.artifactType());
        if (!RunId.isOne(run)) {
            return Optional.empty();
        }
        if (type.equals(Names.RESULT_TYPE)) {
            Verdict verdict = Optional.ofNullable(referrer.annotations().get(VERDICT))
                    .map(Verdict::of)
                    .orElse(null);
            return Optional.of(
                    new Stored.Result(subject.toString(), referrer.digest().value(), new RunId(run), verdict));
        }
        return type.startsWith(BUNDLE)
                ? Optional.of(new Stored.Attestation(
                        subject.toString(), referrer.digest().value(), new RunId(run)))
                : Optional.empty();
    }

    /** Names that the registry lists; a list that is not there is empty. */
    private List<String> names(String path, String field) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/v2/" + path))
                .timeout(PATIENCE)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == 404) {
                return List.of();
            }
            if (answer.statusCode() != 200) {
                throw new IOException(request.uri() + " answered " + answer.statusCode());
            }
            List<String> names = new ArrayList<>();
            JsonNode list = EventJson.mapper().readTree(answer.body()).path(field);
            list.forEach(name -> names.add(name.asText()));
            return names;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading the registry", e);
        }
    }
}
