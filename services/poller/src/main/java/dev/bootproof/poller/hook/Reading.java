package dev.bootproof.poller.hook;

import dev.bootproof.events.ImageRef;
import dev.bootproof.events.MalformedEvent;
import java.util.List;

/** What a notification says, as far as we care. */
sealed interface Reading {
    /** It is a notification of this kind; an event that is no push of a tag has no element here. */
    record Understood(List<Pushed> pushes, int others) implements Reading {
        public Understood {
            pushes = List.copyOf(pushes);
        }
    }

    /** It is none of this kind; the sentence says what to send. */
    record Misunderstood(String sentence) implements Reading {}

    /** One event that is no push. */
    static Reading other() {
        return new Understood(List.of(), 1);
    }

    /**
     * Something was pushed here, says whoever sent it.
     *
     * @param host what the registry calls itself; empty where it does not say
     * @param repository the repository
     * @param tag the tag
     */
    record Pushed(String host, String repository, String tag) {
        /** The push that this reference names; none where it names no tag. */
        static List<Pushed> of(String reference) {
            try {
                ImageRef image = ImageRef.parse(reference);
                return image.tag() == null
                        ? List.of()
                        : List.of(new Pushed(image.registry(), image.repository(), image.tag()));
            } catch (MalformedEvent e) {
                return List.of();
            }
        }
    }
}
