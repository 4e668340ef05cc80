### Cases: for residents and for staff.

## States. They stand alone on cards and in the console; inside a sentence English begins them small.

cases-state-filed = Recorded, not yet with a department
cases-state-dispatched = With the department
cases-state-handling = Being handled
cases-state-answered = Answered
cases-state-settled = Settled
cases-state-closed = Closed
cases-state-reopened = Reopened

## Categories of complaints.

cases-category-noise = Noise
cases-category-illegal_construction = Illegal construction
cases-category-sanitation = Sanitation
cases-category-public_facility = Public facilities
cases-category-street_vending = Street vending
cases-category-parking = Parking
cases-category-neighbour_dispute = A dispute between neighbours
cases-category-property_management = Property management
cases-category-other = Another matter

## How a case goes on.

cases-contact-anonymous = It is filed anonymously.
cases-contact-phone = Phone: { $phone }; we keep it for this case only.
cases-status-answer = Our staff reply: { $answer }
cases-status-aim = We aim to settle it by { $settle_by }.
cases-which-reopen = case { $number } is not solved, reopen it
cases-which-reopen_by_phone = reopen case { $number }, the last four digits are { $tail }
cases-notice-answered = There is an answer to your report { $number }: { $answer }
    .ear = There is an answer to your report. { $spoken_answer }
