### The page that is shown without a connection.

offline-title = No connection
offline-emergency = In danger, call at once:
offline-ambulance = Ambulance
offline-fire = Fire
offline-police = Police
offline-again = Open this page again once there is a connection, and go on. What was not sent stays on this device and is sent by itself.
offline-phone = Staff by phone:
offline-hall = You can also come to the community service hall.
offline-retry = Try again
