### Bookings: for residents and for staff.

## States. They stand alone on cards and in the console; inside a sentence English begins them small.

bookings-state-confirmed = Booked
bookings-state-waiting = On the waiting list
bookings-state-offered = A place is held, to be confirmed
bookings-state-cancelled = Cancelled
bookings-state-done = Done
bookings-state-expired = Expired
bookings-state-no_show = Missed

## Services, as they are named to residents and staff.

bookings-service-meal = Meals
bookings-service-bathing = Bathing help
bookings-service-medical_escort = Help with medical visits
bookings-service-home_errand = Home errands
bookings-service-registration = A doctor's appointment
bookings-service-hall_appointment = An appointment at the service hall
bookings-service-mobile_bus = The mobile service bus
bookings-service-job_training = Skills training
bookings-service-digital_class = The smartphone class
bookings-service-after_school = After-school classes
bookings-service-venue = Sports hall or activity room
