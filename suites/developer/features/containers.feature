Feature: Containers run

  Scenario: A container made of the system's own files runs
    Given podman
    When a container image is made of a program of this system
    Then a container of it says what it was told to say

  Scenario: An ordinary user can have user namespaces
    Given an image for developers
    Then an unprivileged user namespace can be made

  Scenario: Distrobox answers
    Given distrobox
    Then "distrobox version" succeeds
