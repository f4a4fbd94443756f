package dev.bootproof.chaos.hazard;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Scanner;

/** A tiny service: for every line that it reads it works, says so, and says what time it is. */
final class Victim {
    private Victim() {}

    /** Serves until its input ends. */
    public static void main(String[] arguments) {
        Clock clock = clock();
        Scanner orders = new Scanner(System.in, StandardCharsets.UTF_8);
        while (orders.hasNextLine()) {
            work(orders.nextLine());
            System.out.println("at " + clock.instant());
        }
    }

    private static void work(String order) {
        System.out.println("did " + order);
    }

    private static Clock clock() {
        return Clock.systemUTC();
    }
}
