### The grid worker's page for the telephone.

nav-field = In the field
field-queue = Waiting to be sent
field-send_now = Send now
field-tasks = Sent to me
field-no_tasks = Nothing is sent to you now.
field-report = Report
field-place = Where
field-locate = Add where I am
field-words = What you see
field-speak = Speak in place of typing
field-photo = Take a picture
field-send = Submit
field-arrive = I am here
field-answer = How it went (the resident reads this)
field-done = Done

## What the page says while it works.

field-says-report = Report
field-says-arrived = Arrived
field-says-done = Done
field-says-photo = Picture
field-says-kept = Kept on this phone; it is sent when there is a connection.
field-says-sent = Sent: { $number }.
field-says-refused = Something was not accepted, see below.
field-says-refused_because = Not accepted: { $detail }
field-says-again = Send again
field-says-take_off = Delete
field-says-others = Written by a colleague; it is sent when they sign in.
field-says-kept_tasks = Tasks as they were at { $when }, seen without a connection. They are updated as soon as there is one.
field-says-offline = No connection now. All that you write is kept on this phone.
field-says-sign_in = Your session is over, please sign in. What was not sent is still on this phone.
field-says-later = The server does not answer now; it is sent again by itself.
field-says-due = Due: { $when }
field-says-needs_words = Please write a few words first.
field-says-needs_place = Please write where, or add your position.
field-says-located = The position is added.
field-says-not_located = The position is not known; please write where.
field-says-speak_now = Please speak, and press again when done.
field-says-hearing = Writing down what was said.
field-says-heard = Written down; please read it over.
field-says-not_heard = That was not clear; please type.
field-says-no_microphone = The microphone cannot be used; please type.
audit-action-case-field_report = reported in the field
audit-action-case-field_work = worked in the field
