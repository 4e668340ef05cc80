### Calendars to subscribe to.

calendars-hall = Hours of the service hall
calendars-mine = My bookings
calendars-book = Can be booked with Linyu.
