Feature: The machine knows the time

  Scenario: The clock is right
    Then the clock agrees with the lab's within 5 minutes

  Scenario: The clock runs steadily
    Then the clock neither jumps nor stands still
