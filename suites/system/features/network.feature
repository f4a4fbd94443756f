Feature: The machine is on the lab's network and nowhere else

  Scenario: The network gives the machine an address
    Given a network link
    Then the link has an address within 30 seconds

  Scenario: Nothing outside the lab can be reached
    Given a lab that promises an isolated network
    Then no connection to the outside succeeds
