package dev.bootproof.poller.hook;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Whose notifications are understood, each under its own address. */
enum Receiver {
    DISTRIBUTION,
    ZOT,
    GITHUB,
    QUAY,
    HARBOR;

    /** The receiver of this name. */
    static Optional<Receiver> named(String name) {
        return Arrays.stream(values())
                .filter(receiver -> receiver.word().equals(name))
                .findFirst();
    }

    /** Its name in addresses, in the names of secrets and in metrics. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Reading read(Delivery delivery) {
        return switch (this) {
            case DISTRIBUTION -> DistributionNotification.read(delivery);
            case ZOT -> ZotNotification.read(delivery);
            case GITHUB -> GithubNotification.read(delivery);
            case QUAY -> QuayNotification.read(delivery);
            case HARBOR -> HarborNotification.read(delivery);
        };
    }
}
