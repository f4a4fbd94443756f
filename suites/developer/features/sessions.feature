Feature: What a user starts goes on

  Scenario: A user's services can run without a session
    Given an ordinary user
    When lingering is enabled for the user
    Then the user's service manager starts
