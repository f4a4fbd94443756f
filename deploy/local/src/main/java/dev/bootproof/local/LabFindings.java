package dev.bootproof.local;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How the lab itself is.
 *
 * @param lab the lab
 */
record LabFindings(Lab lab) {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int ACCEPTED = 202;

    /** The ports: of a lab that is up its own, of another whether those that people know are free. */
    Finding ports() {
        LabState state = lab.state();
        if (state.running(Part.BROKER).isPresent()) {
            return Finding.good("ports", "the lab is up and has its own");
        }
        List<String> taken = Arrays.stream(Part.values())
                .filter(part -> !Ports.isFree(part.usualPort()))
                .map(part -> part.usualPort() + " (" + part.word() + ")")
                .toList();
        return taken.isEmpty()
                ? Finding.good("ports", "those that people know are free")
                : Finding.note(
                        "ports",
                        "taken by others: " + String.join(", ", taken),
                        "the lab takes others instead; ./bootproof status says which");
    }

    /** Every part of a lab that is up. */
    Finding parts() {
        List<PartStatus> all = PartStatus.all(lab);
        if (all.stream().allMatch(part -> part.pid() == null)) {
            return Finding.note("lab", "it is not up", "./bootproof up");
        }
        List<String> ailing = all.stream()
                .filter(part -> !part.ready())
                .map(part -> part.part() + " is " + part.state())
                .toList();
        return ailing.isEmpty()
                ? Finding.good("lab", "all parts are ready")
                : Finding.missing("lab", String.join(", ", ailing), "./bootproof up starts what is missing");
    }

    /** Whether the registry of a lab that is up takes what is pushed. */
    Finding registry() {
        LabState state = lab.state();
        if (state.running(Part.REGISTRY).isEmpty()) {
            return Finding.note("registry", "not tried: the lab is not up", "");
        }
        String address = state.address(Part.REGISTRY);
        try {
            HttpURLConnection begun = request("POST", "http://" + address + "/v2/bootproof/doctor/blobs/uploads/");
            int status = begun.getResponseCode();
            if (status != ACCEPTED) {
                return Finding.missing("registry", address + " answers " + status + " to a push", log());
            }
            String upload = URI.create("http://" + address + "/")
                    .resolve(begun.getHeaderField("Location"))
                    .toString();
            int _ = request("DELETE", upload).getResponseCode();
            return Finding.good("registry", address + " takes what is pushed");
        } catch (IOException e) {
            return Finding.missing("registry", address + " does not answer: " + e.getMessage(), log());
        }
    }

    private static String log() {
        return "./bootproof logs registry says why";
    }

    private static HttpURLConnection request(String method, String url) throws IOException {
        var connection = (HttpURLConnection) URI.create(url).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout((int) LIMIT.toMillis());
        connection.setReadTimeout((int) LIMIT.toMillis());
        return connection;
    }
}
