Feature: The live system runs from its CD-ROM

  Scenario: The root file system is in memory over the CD-ROM
    Then the root file system is an overlay

  Scenario: The machine of this phase has its own memory
    Then there are between 400 and 512 MiB of memory

  Scenario: There is an empty disk to install to
    Then the disk "target" is empty
