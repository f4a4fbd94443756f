Feature: A suite that leaves its traces

  Scenario: A file is left behind
    Then the file "/etc/traced" can be made

  Scenario: A program is left running
    Then a program can be left running

  Scenario: A test that fails, fails everywhere
    Then nothing is right
