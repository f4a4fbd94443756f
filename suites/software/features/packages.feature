Feature: The software that is installed is whole

  Scenario: No package is left half installed
    Given a package manager
    Then it names no package that is broken

  Scenario: Every program's libraries are there
    Then no program in the path lacks a shared library

  Scenario: Every desktop entry names a program that is there
    Given desktop entries
    Then each names a program that is there
