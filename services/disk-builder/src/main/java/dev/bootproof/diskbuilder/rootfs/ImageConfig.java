package dev.bootproof.diskbuilder.rootfs;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.bootproof.events.Digest;
import dev.bootproof.events.EventJson;
import dev.bootproof.events.MalformedEvent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What an image's config says that matters to a disk.
 *
 * @param platform os and architecture, as in {@code linux/amd64}
 * @param diffIds the digests of the layers' archives, unpacked, lowest first
 */
record ImageConfig(String platform, List<Digest> diffIds) {
    ImageConfig {
        diffIds = List.copyOf(diffIds);
    }

    static ImageConfig parse(byte[] body) throws IOException {
        try {
            JsonNode config = EventJson.mapper().readTree(body);
            List<Digest> diffIds = new ArrayList<>();
            for (JsonNode diffId : config.path("rootfs").path("diff_ids")) {
                diffIds.add(new Digest(diffId.asText()));
            }
            String os = config.path("os").asText("linux");
            return new ImageConfig(os + "/" + config.path("architecture").asText("unknown"), diffIds);
        } catch (JacksonException | MalformedEvent e) {
            throw new UnreadableImage("its config is not one of an image: " + e.getMessage());
        }
    }
}
