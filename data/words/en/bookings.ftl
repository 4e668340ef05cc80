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
bookings-service-council = The residents' council
bookings-service-planner = The community planner event

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

## What is read back of a change.

bookings-change-and = {", "}
bookings-change-none = nothing is different
bookings-change-one = only { $day }: { $changes } (say “all of them” to change every one)
bookings-change-one_day = only { $day }: { $changes }
bookings-change-each = all { $count } to come: { $changes }
bookings-change-each_done = { $count ->
        [one] The one after it is changed in the same way.
       *[other] The { $count } after it are changed in the same way.
    }
bookings-change-when = moves to { $value }
bookings-change-place = place: { $value }
bookings-counted-meal = portions
bookings-counted-people = people
bookings-change-party = for { $value }
bookings-change-name = name: { $value }
bookings-change-phone = phone: { $value }

## A booking that comes again.

bookings-package-and = {", "}
bookings-package-item = { $number }: { $title }, { $day }, { $time }, { $party }, place: { $place }.
bookings-series-and = {", "}
bookings-series-to = {" to "}
bookings-series-every = every { $days }
bookings-series-holiday = { $days }: a public holiday, left out.
bookings-series-full = { $days }: fully booked, left out.
bookings-series-closed = { $days }: not offered, left out.
bookings-series-too_far = From { $day } on it cannot be booked yet; please book it later.
bookings-weekday-0 = Monday
bookings-weekday-1 = Tuesday
bookings-weekday-2 = Wednesday
bookings-weekday-3 = Thursday
bookings-weekday-4 = Friday
bookings-weekday-5 = Saturday
bookings-weekday-6 = Sunday

## What residents are told without asking.

bookings-notice-offered = A place has become free: { $title }, { $when }. We hold it for you until { $until }.
    .ear = A place has become free for { $title }. We are holding it for you.
bookings-notice-take = Take it
    .payload = Accept booking { $number }
bookings-notice-cancelled = We are sorry: your booking { $number } ({ $title }, { $when }) had to be cancelled. { $reason }
    .ear = We are sorry, your booking for { $title } had to be cancelled.
bookings-notice-served = Your booking ({ $title }, { $when }) is done. How was it? Please give a score: 1 is worst, 5 is best.
    .ear = Your booking of { $title } is done. How was it? Please give a score: one is worst, five is best.
bookings-notice-star = { $score }
    .payload = { $score } points
bookings-notice-expired = The place we held for you ({ $title }) has been passed on. You can book again at any time.

## The pages of the bookings.

nav-bookings = Bookings
bookings-title = Booking calendar
bookings-hint = Each cell: seats taken / seats. Open it for the day's list. After a change the waiting list moves up by itself.
bookings-empty = Nothing can be booked yet.
bookings-offering = Service
bookings-place = Place
bookings-day = Day
bookings-week-before = Week before
bookings-week-after = Week after
bookings-window = Window
bookings-waiting = { $count } waiting
bookings-capacity = Seats
bookings-capacity-every = Seats of every window
bookings-capacity-one = Seats of one window on one day
bookings-capacity-own = set for this one
bookings-capacity-change = Change seats
bookings-said-capacity_below = The seats were changed. Note: some window has more bookings than seats. Those stay; call the residents who cannot be served.
bookings-said-capacity = The seats were changed.
bookings-said-marked = Noted.
bookings-said-cancelled = Cancelled, and the resident is told; the waiting list moves up.
bookings-day-title = Bookings of { $day }
bookings-day-empty = Nobody has booked for this day.
bookings-day-back = Back to the calendar
bookings-day-full = Show the list in full, to print it
bookings-day-came = Came
bookings-print = Print
bookings-one = Booking { $number }
bookings-number = Number
bookings-time = Time
bookings-state = State
bookings-position = Place in line
bookings-party = People
bookings-name = Name
bookings-phone = Phone
bookings-address = Address
bookings-beneficiary = For whom
bookings-note = Note
bookings-made = Made
bookings-offer_ends = Held until
bookings-history = History
bookings-event-changed = Moved
bookings-actor-resident = Resident
bookings-actor-system = System
bookings-mark-no_show = Did not come
bookings-mark-done = Came after all
bookings-cancel = Cancel the booking
bookings-cancel-why = Why (the resident sees it)
bookings-wrong-state = Not possible now: a no-show is noted after the beginning, and what is over cannot be cancelled.
error-bad-input-window = There is no such window on that day, or it is over.
error-bad-input-capacity = Seats are a whole number from 0 to 10,000.
audit-action-booking-read = Opened a booking
audit-action-booking-mark = Noted who came
audit-action-booking-cancel = Cancelled a booking
audit-action-booking-capacity = Changed seats
audit-action-booking-export = Exported bookings
audit-kind-offering = Offering
page-card_booking = Booking
bookings-stops-lead = The plan does not give the bus's timetable; these are the office's stops.
bookings-stops-one = { $place }: next on { $day }, { $hours }.
bookings-stops-none = No stop is planned in the next four weeks.
bookings-stops-not_then = There is no stop on { $day }. Next:
bookings-stops-not_there = There is no stop in { $place } yet. Elsewhere:
bookings-stops-bring = Please bring { $things }.
bookings-stops-sign_up = To sign up, say “book the mobile service bus”.
bookings-stops-book = Book the mobile service bus
    .payload = I want to book the mobile service bus

## Days and times to press.

bookings-tile-windows = { $count ->
    [one] one time free
   *[other] { $count } times free
}
bookings-tile-seats = { $count ->
    [one] one place left
   *[other] { $count } places left
}

## What an offering asks beside the usual.

bookings-details-usual = “People's hospital, eye clinic” or “a senior card”
bookings-details-child = “Lily, seven, her grandmother picks her up”
