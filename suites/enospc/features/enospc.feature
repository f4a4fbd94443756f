Feature: What has no space left says so

  Scenario: A full file system refuses with ENOSPC
    Given a file system of 8 MiB
    When it is filled to the last byte
    Then the refusal was ENOSPC
    And about 8 MiB were written

  Scenario: The installer fails on a disk that is too small, and says why
    Given an empty disk of 96 MiB
    And an installer
    When the installer installs to that disk
    Then the installer failed
    And it said that no space was left
    And it had filled the disk before
