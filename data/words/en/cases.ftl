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
