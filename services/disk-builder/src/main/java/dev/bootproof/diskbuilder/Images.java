package dev.bootproof.diskbuilder;

import dev.bootproof.diskbuilder.rootfs.ImageSource;
import dev.bootproof.diskbuilder.rootfs.Rootfs;
import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.registry.Descriptor;
import dev.bootproof.registry.ManifestView;
import dev.bootproof.registry.Registry;
import dev.bootproof.registry.RegistryException;
import dev.bootproof.registry.RegistryOptions;
import dev.bootproof.stage.StageFault;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The images in the registries of the world. */
@ApplicationScoped
class Images implements ImageSource {
    private final Registry registry;
    private final Patience patience;
    private final Clock clock;
    private final MeterRegistry metrics;

    Images(DiskBuilderConfig config, Patience patience, Clock clock, MeterRegistry metrics) {
        this.registry =
                new Registry(new RegistryOptions(config.plainHttp().orElse(Set.of()), config.registryTimeout()));
        this.patience = patience;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** What a reference points at now. */
    Digest resolve(ImageRef image) {
        return patiently(() -> registry.resolve(image));
    }

    /**
     * The manifest that this lab boots: that of our platform where the digest is an index which has one, else what the
     * digest names, of which the recipe will say that it is not supported.
     */
    Digest platform(ImageRef pinned) {
        ManifestView manifest = patiently(() -> registry.manifest(pinned));
        List<Descriptor> all = manifest.manifests();
        return Stream.concat(
                        all.stream().filter(entry -> Rootfs.PLATFORM.equals(entry.platform())),
                        all.stream()
                                .filter(entry ->
                                        String.valueOf(entry.platform()).startsWith(Rootfs.PLATFORM + "/")))
                .findFirst()
                .map(Descriptor::digest)
                .orElse(manifest.digest());
    }

    private <T> T patiently(Supplier<T> question) {
        return patience.whileUnavailable(() -> {
            try {
                return question.get();
            } catch (RegistryException e) {
                throw new StageFault(e.fault(), String.valueOf(e.getMessage()));
            }
        });
    }

    @Override
    public ManifestView manifest(ImageRef image) {
        return registry.manifest(image);
    }

    @Override
    public byte[] bytes(ImageRef repository, Descriptor blob) {
        return registry.bytes(repository, blob);
    }

    @Override
    public InputStream blob(ImageRef repository, Descriptor blob) {
        Progress progress = new Progress(blob.digest().value(), clock, metrics);
        progress.expect(blob.size());
        return new ProgressStream(registry.blob(repository, blob), progress);
    }

    @PreDestroy
    void close() {
        registry.close();
    }
}
