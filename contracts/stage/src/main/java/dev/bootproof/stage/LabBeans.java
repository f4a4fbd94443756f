package dev.bootproof.stage;

import dev.bootproof.events.DerivedKeys;
import dev.bootproof.events.LocalLab;
import dev.bootproof.events.Stage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a service is and where it works, as beans. */
@ApplicationScoped
class LabBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    LocalLab lab(BootproofConfig config) {
        return new LocalLab(config.home().toAbsolutePath().normalize());
    }

    /** The service's name is its stage. */
    @Produces
    @Singleton
    Stage stage(@ConfigProperty(name = "quarkus.application.name") String name) {
        return Stage.of(name);
    }

    @Produces
    @Singleton
    DerivedKeys keys(BootproofConfig config, LocalLab lab) {
        Path file = config.secretFile().orElse(lab.secret());
        try {
            return new DerivedKeys(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the lab secret " + file + ": make it of 32 random bytes", e);
        }
    }
}
