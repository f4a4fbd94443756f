package dev.bootproof.poller.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bootproof.events.Digest;
import dev.bootproof.events.ImageRef;
import dev.bootproof.poller.Outcome;
import dev.bootproof.poller.http.RegistryPeer.Answer;
import dev.bootproof.poller.http.RegistryPeer.Asked;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoginTest {
    private static final Digest DIGEST = Digest.of("manifest");

    private final RegistryPeer realm = RegistryPeer.start(this::token);
    private final RegistryPeer registry = RegistryPeer.start(this::manifest);

    @TempDir
    Path directory;

    private String challenge = "Bearer realm=\"http://%s/token\",service=\"test\"".formatted(realm.address());
    private String expiresIn = "300";
    private String good = "Bearer good";

    @AfterEach
    void stop() {
        registry.close();
        realm.close();
    }

    @Test
    void aTokenIsFetchedAnonymouslyAndKeptAsLongAsItIsGood() throws IOException {
        // Given
        HeadRegistries registries = registries("{}");

        // When
        look(registries, "org/os");
        Outcome second = look(registries, "org/os");

        // Then
        assertThat(second).isInstanceOf(Outcome.Moved.class);
        assertThat(realm.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.query()).isEqualTo("scope=repository%3Aorg%2Fos%3Apull&service=test");
            assertThat(asked.header("Authorization")).isEmpty();
        });
    }

    @Test
    void aTokenThatIsNoLongerGoodIsFetchedAnew() throws IOException {
        // Given
        expiresIn = "5";
        HeadRegistries registries = registries("{}");

        // When
        look(registries, "org/os");
        look(registries, "org/os");

        // Then
        assertThat(realm.asked()).hasSize(2);
    }

    @Test
    void theLoginWithTheLongestPathIsSentToTheRealmAndNeverToTheRegistry() throws IOException {
        // Given
        HeadRegistries registries =
                registries("""
                {"auths":{"%1$s":{"auth":"%2$s"},"%1$s/org":{"auth":"%3$s"}}}""".formatted(registry.address(), pair("other:wrong"), pair("org:right")));

        // When
        look(registries, "org/os");

        // Then
        assertThat(realm.asked().getFirst().header("Authorization")).isEqualTo("Basic " + pair("org:right"));
        assertThat(registry.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsExactly("", "Bearer good");
    }

    @Test
    void anIdentityTokenIsExchanged() throws IOException {
        // Given
        HeadRegistries registries =
                registries("{\"auths\":{\"%s\":{\"identitytoken\":\"re fresh\"}}}".formatted(registry.address()));

        // When
        Outcome outcome = look(registries, "org/os");

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Moved.class);
        assertThat(realm.asked()).singleElement().satisfies(asked -> {
            assertThat(asked.method()).isEqualTo("POST");
            assertThat(asked.body())
                    .isEqualTo("grant_type=refresh_token&client_id=bootproof&scope=repository%3Aorg%2Fos%3Apull"
                            + "&service=test&refresh_token=re+fresh");
        });
    }

    @Test
    void aRegistryThatAsksForAPasswordGetsItsOwn() throws IOException {
        // Given
        challenge = "Basic realm=\"registry\"";
        good = "Basic " + pair("me:secret");
        HeadRegistries registries = registries(
                "{\"auths\":{\"https://%s\":{\"auth\":\"%s\"}}}".formatted(registry.address(), pair("me:secret")));

        // When
        Outcome known = look(registries, "org/os");
        Outcome unknown = look(registries("{}"), "org/os");

        // Then
        assertThat(known).isInstanceOf(Outcome.Moved.class);
        assertThat(unknown)
                .isEqualTo(new Outcome.Unauthorized(
                        registry.address() + " asks for a user and a password, and there is no login for it"));
    }

    @Test
    void aCredentialHelperIsAskedForThatRegistryOnly() throws IOException {
        // Given
        Path helper = Files.createFile(
                directory.resolve("docker-credential-test"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(helper, """
                #!/bin/sh
                read -r server
                echo "$1 $server" >> %s/asked
                echo '{"Username":"helped","Secret":"secret"}'
                """.formatted(directory));
        HeadRegistries registries =
                registries("{\"credHelpers\":{\"%s\":\"test\",\"other\":\"../evil\"}}".formatted(registry.address()));

        // When
        look(registries, "org/os");
        look(registries, "org/other");

        // Then
        assertThat(realm.asked())
                .extracting(asked -> asked.header("Authorization"))
                .containsOnly("Basic " + pair("helped:secret"));
        assertThat(directory.resolve("asked")).hasContent("get " + registry.address());
    }

    @Test
    void nobodyIsToldWhoWeAreWhereTheRegistryMayNotSendUs() throws IOException {
        // Given
        String config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.address(), pair("me:secret"));
        challenge = "Bearer realm=\"http://registry.invalid/token\",service=\"test\"";
        Endpoint remote = Endpoint.of(ImageRef.parse("registry.example/os:latest"));

        // When
        Outcome outcome = look(registries(config), "org/os");

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.BadAnswer.class, bad -> assertThat(bad.detail()).contains("http://registry.invalid"));
        assertThat(remote.trusts(URI.create("http://127.0.0.1:5000/token"))).isFalse();
        assertThat(remote.trusts(URI.create("https://me@auth.example/token"))).isFalse();
        assertThat(remote.trusts(URI.create("https://auth.example/token"))).isTrue();
    }

    @Test
    void aLoginThatIsRefusedIsSaidWithoutIt() throws IOException {
        // Given
        String config = "{\"auths\":{\"%s\":{\"auth\":\"%s\"}}}".formatted(registry.address(), pair("me:refused"));

        // When
        Outcome outcome = look(registries(config), "org/os");

        // Then
        assertThat(outcome)
                .isEqualTo(new Outcome.Unauthorized(
                        "the token service " + realm.address() + " refuses our login for " + registry.address()));
        assertThat(new Credentials.Password("me", "refused").toString()).doesNotContain("refused");
    }

    @Test
    void theFilesAreThoseOfPodmanAndDocker() {
        // Given
        Map<String, String> plain = Map.of("HOME", "/home/me", "XDG_RUNTIME_DIR", "/run/user/1");
        Map<String, String> own = Map.of("HOME", "/home/me", "DOCKER_CONFIG", "/etc/docker");

        // When, then
        assertThat(LoginFiles.files(plain))
                .containsExactly(Path.of("/run/user/1/containers/auth.json"), Path.of("/home/me/.docker/config.json"));
        assertThat(LoginFiles.files(own)).containsExactly(Path.of("/etc/docker/config.json"));
    }

    @Test
    void aFileThatCannotBeReadCountsAsNone() throws IOException {
        // When
        Outcome outcome = look(registries("{\"auths\":"), "org/os");

        // Then
        assertThat(outcome).isInstanceOf(Outcome.Moved.class);
    }

    private HeadRegistries registries(String config) throws IOException {
        Path file = Files.writeString(directory.resolve("config.json"), config);
        Clock clock = Clock.systemUTC();
        LoginFiles logins = new LoginFiles(List.of(file), new CredentialHelper(directory, clock));
        return new HeadRegistries(Duration.ofSeconds(5), logins, clock);
    }

    private Outcome look(HeadRegistries registries, String repository) {
        return registries.look(ImageRef.parse(registry.address() + "/" + repository + ":latest"), null, null);
    }

    private Answer manifest(Asked asked) {
        return good.equals(asked.header("Authorization"))
                ? Answer.of(200, "Docker-Content-Digest", DIGEST.value())
                : Answer.of(401, "WWW-Authenticate", challenge);
    }

    private Answer token(Asked asked) {
        if (asked.header("Authorization").equals("Basic " + pair("me:refused"))) {
            return Answer.of(401);
        }
        return Answer.json("{\"token\":\"good\",\"expires_in\":%s}".formatted(expiresIn));
    }

    private static String pair(String pair) {
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
