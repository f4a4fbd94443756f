Feature: Tools for developers answer

  Scenario: A change can be committed with git
    Given git
    Then a commit can be made and found again

  Scenario: A C program can be compiled and run
    Given gcc
    Then a C program compiles and says what it was told to say

  Scenario: Homebrew answers
    Given Homebrew
    Then its owner can ask it for its version

  Scenario: The recipes of ujust can be listed
    Given ujust
    Then "ujust --list" names at least one recipe
