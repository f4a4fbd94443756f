Feature: A suite that trips over traces

  Scenario: Nobody left a file
    Then there is no file "/etc/traced"

  Scenario: Nobody left a program running
    Then no program "sleep" runs

  Scenario: The clock is that of now
    Then the clock agrees with the lab's within 2 minutes

  Scenario: A test that fails, fails everywhere
    Then nothing is right
