Feature: What the installer made is what boots

  Scenario: The machine has the name that the installer gave it
    Then its name is "installed"

  Scenario: The root file system is on the disk that was installed to
    Then the root file system is "ext4" on a partition of the disk "target"

  Scenario: The installed system reaches its default target
    When the system has finished booting
    Then its default target is active

  Scenario: UEFI found the installed system
    Then the firmware is UEFI

  Scenario: The machine of this phase has its own memory
    Then there are between 900 and 1024 MiB of memory

  Scenario: The CD-ROM is gone
    Then there is no CD-ROM
