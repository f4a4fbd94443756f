Feature: Software can be had and trusted

  Scenario: Flatpak answers and checks what it gets
    Given flatpak
    Then it lists its applications
    And every remote of the system is checked by signature

  Scenario: The system's own image is checked by signature
    Given an image-mode system with a signature policy
    Then the image it follows is not accepted from just anybody

  Scenario: The system can say what it runs
    Given bootc
    Then it names the image that is booted
