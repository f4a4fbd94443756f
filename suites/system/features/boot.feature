Feature: The image boots

  Scenario: The system reaches its default target
    When the system has finished booting
    Then its default target is reached

  Scenario: No unit has failed
    When the system has finished booting
    Then no unit has failed

  Scenario: The root file system is on the disk under test
    Then the root file system is on a disk of the machine

  Scenario: The kernel had no accident
    Then the kernel log has no panic, oops or bug
