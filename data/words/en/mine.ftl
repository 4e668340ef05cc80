### My matters: what residents read of all they have with us, on the page and in the chat.

nav-mine = My matters
mine-intro = Your bookings, reports, proposals, applications, points and mandates are all here. Nobody else’s matters are shown.
mine-elsewhere = Look with phone and code
mine-elsewhere_lead = This works on any phone or computer. First get a six-digit code, then enter it here.
mine-phone = The phone number that you gave
mine-code = Six-digit code
mine-open = Show
mine-call = Call me and tell me the code
mine-how = How to get a code
mine-how_call = Press “Call me and tell me the code”: we call that number and read the code to you. It shows all that was filed with the number. We do not call in the evening and at night, and at most three times a day.
mine-how_device = Or open this page on the device that you used, and press “Look on another device”. It shows what was done on that device.
mine-how_other = If neither works for you, come to the community service hall, or say “person” in the chat.
mine-show_code = Look on another device
mine-close = Done, close
mine-print = Print
mine-list = My matters
mine-open_ones = Still open
mine-over_ones = Over
mine-number = Number:
mine-steps = What happened
mine-cancel = Cancel the booking
mine-cancel_sure = Yes, cancel it
mine-cancel_keep = Keep it
mine-end = End the mandate
mine-end_sure = Yes, end it
mine-end_keep = Let it go on
mine-chase = Ask to hurry
mine-add = Add something
mine-add_label = What you would like to add
mine-add_send = Send
mine-calendar = Add to calendar
mine-share = Share
mine-scripts = This page needs JavaScript. You can also call us, or ask at the community service hall.

## What the page says while it works.

mine-says-empty = There is nothing of yours here now. To arrange something, go back to the chat and say so.
mine-says-loading = Looking it up, please wait.
mine-says-wrong = The phone or the code is not right, or its time is over. After five wrong tries it is locked for an hour.
mine-says-locked = Too many wrong tries. Please try again in an hour. If it is urgent, say “person” in the chat, or come to the community service hall.
mine-says-slow = That was too fast. Please wait a minute and try again.
mine-says-over = This visit is over. Please open it again.
mine-says-offline = No connection just now. Please try again later.
mine-says-calling = If something was filed with this number, we call it now and read out six digits.
mine-says-no_phone = Please enter the full mobile or landline number.
mine-says-no_calls = We cannot call just now. Please get the code from the device that you used, or come to the community service hall.
mine-says-shown = The code is { $code }. Open “My matters” on the other device, and enter the phone number that you gave and this code. It works once, within fifteen minutes.
mine-says-cancelled = It is cancelled.
mine-says-ended = It has ended. Nobody can use this mandate to act for you any more.
mine-says-late = It is too late to cancel. If you cannot come, please call us, or say “person” in the chat.
mine-says-chased = Staff can see that you asked. Once a day is enough.
mine-says-added = It is noted, and staff can see it.
mine-says-nothing = Please write first what you would like to add.
mine-says-settled = It has its answer already. If it is not solved, say “not solved” in the chat.
mine-says-copied = Copied; you can paste it for your family.
mine-says-closed = Closed. Nothing is left here.
mine-says-failed = It did not work. Please try once more.

## Facts of a matter.

mine-fact-when = Time
mine-fact-place = Place
mine-fact-party = People
mine-fact-text = What it is about
mine-fact-answer = Answer
mine-fact-settle_by = We aim for
mine-fact-check_code = Check code
mine-fact-supports = Support
mine-fact-employer = Employer
mine-fact-call_back_by = Called back by
mine-fact-powers = For
mine-fact-until = Until
mine-kind-proposal = Proposal
mine-kind-volunteer = Volunteer points
mine-kind-handover = Request for a person
mine-kind-mandate = { $helper } acts for you
mine-handover-waiting = Waiting for a call
mine-handover-done = Done

## What happened to a case, and to points.

mine-step-filed = You filed it
mine-step-dispatched = Given to the department
mine-step-handling = Work has begun
mine-step-arrived = Somebody came to look
mine-step-answered = Answered
mine-step-settled = Settled
mine-step-closed = Closed
mine-step-reopened = Opened again
mine-step-chased = You asked to hurry
mine-step-added = You added something
mine-step-rated = You gave a score
mine-points-balance = { $count ->
    [one] { $count } point
   *[other] { $count } points
}
mine-points-hours = { $amount } added: { $what }
mine-points-redeemed = { $amount } used: { $what }
mine-points-undone = { $amount } given back: { $what }

mine-calendar-title = { $title } (booked with Linyu)
mine-calendar-number = Booking number: { $number }. To change or cancel it, tell Linyu.
page-mine = My matters
