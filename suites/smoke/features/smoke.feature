Feature: The system can be used

  Scenario: The system comes up
    When the system has finished booting
    Then its default target is active

  Scenario: No service dies again and again
    Then no service was restarted more than twice

  Scenario: No program has crashed
    Then no program has crashed since the boot

  Scenario: Somebody can log in
    Then a shell for a new session answers within 30 seconds

  Scenario: The desktop is up
    Given a desktop
    Then its display manager is active
    And the screen can be looked at
