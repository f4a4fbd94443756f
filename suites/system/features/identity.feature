Feature: The machine runs what was published

  Scenario: The files are those of the tested digest
    Given files of the image to compare
    Then each has the content that was published

  Scenario: The system cannot be written where it promises so
    Given a system that is read-only by design
    Then nothing can be written to /usr
