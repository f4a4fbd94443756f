Feature: A person can use the desktop

  Scenario: The desktop shows a window
    Given the image has dogtail
    And somebody is logged in to the desktop
    Then a window is on the screen

  Scenario: A button can be pressed and the window says so
    Given the image has dogtail
    And the image has the program counter
    And somebody is logged in to the desktop
    And the window "Counter" is on the screen
    When the button "Press me" of the window "Counter" is pressed
    Then the window "Counter" says that it was pressed once more
