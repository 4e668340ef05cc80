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

## What a booking is for, in numbers.

bookings-party-meal =
    { $count ->
        [one] { $count } meal
       *[other] { $count } meals
    }
bookings-party-people =
    { $count ->
        [one] { $count } person
       *[other] { $count } people
    }
bookings-most-meal = { bookings-party-meal }
bookings-most-people = { bookings-party-people }
bookings-none_free = none at the moment
bookings-part-morning = in the morning
bookings-part-noon = at noon
bookings-part-afternoon = in the afternoon
bookings-part-evening = in the evening
bookings-ahead =
    { $count ->
        [0] you are first
        [one] there is { $count } ahead of you
       *[other] there are { $count } ahead of you
    }
bookings-notice_hours = { $hours } hours
bookings-notice_days =
    { $days ->
        [1] a day
       *[other] { $days } days
    }

## Which one is meant: a button, and the words that it stands for.

bookings-which-change = change booking { $number }
bookings-which-cancel = cancel booking { $number }
bookings-which-booked = Booking { $number }
    .payload = { bookings-which-cancel }
bookings-which-this = The new one
    .payload = stop this one
bookings-which-cancel_by_phone = cancel booking { $number }, the last four digits are { $tail }

## What residents are told without asking.

bookings-notice-offered = A place has become free: { $title }, { $when }. We hold it for you until { $until }.
    .ear = A place has become free for { $title }. We are holding it for you.
bookings-notice-take = Take it
    .payload = Accept booking { $number }
bookings-notice-cancelled = We are sorry: your booking { $number } ({ $title }, { $when }) had to be cancelled. { $reason }
    .ear = We are sorry, your booking for { $title } had to be cancelled.
bookings-notice-expired = The place we held for you ({ $title }) has been passed on. You can book again at any time.
