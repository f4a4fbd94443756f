package dev.bootproof.diskbuilder.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bootproof.events.Fault;
import dev.bootproof.stage.StageFault;
import java.net.URI;
import org.junit.jupiter.api.Test;

class AddressTest {
    private final Address plain = new Address(URI.create("http://os.test/a/os.raw"));
    private final Address secure = new Address(URI.create("https://user:secret@os.test:8443/a/os.raw?token=secret"));

    @Test
    void redirectsLeadToHttps() {
        // Given
        String elsewhere = "https://mirror.test/os.raw";

        // When
        Address upgraded = plain.redirected(elsewhere);
        Address relative = secure.redirected("../b/os.raw");

        // Then
        assertThat(upgraded.uri()).hasToString(elsewhere);
        assertThat(relative.uri().getPath()).isEqualTo("/b/os.raw");
    }

    @Test
    void redirectsToAnythingElseAreRefused() {
        for (String target : new String[] {"http://os.test/", "file:///etc/passwd", "https:///", "::", ""}) {
            // When
            var following = assertThatThrownBy(() -> plain.redirected(target));

            // Then
            following.isInstanceOfSatisfying(
                    StageFault.class, e -> assertThat(e.fault()).isEqualTo(Fault.REGISTRY_REFUSED));
        }
    }

    @Test
    void secretsOfAnAddressAreNotSaid() {
        assertThat(secure).hasToString("https://os.test:8443/a/os.raw");
    }
}
