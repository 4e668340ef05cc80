### What residents come for: as staff read it, and as a button that says it for the resident.

goal-ask_policy = A question
    .payload = I have a question on the plan
goal-book_service = Book a service
    .payload = I want to book a service
goal-check_booking = Check a booking
    .payload = check my booking
goal-change_booking = Change a booking
    .payload = change my booking
goal-cancel_booking = Cancel a booking
    .payload = cancel my booking
goal-file_complaint = Report a problem
    .payload = I want to report a problem
goal-check_case = Check a case
    .payload = how far is my complaint
goal-reopen_case = Reopen a case
    .payload = reopen my case
goal-submit_proposal = Make a proposal
    .payload = I want to submit a proposal
goal-find_job = Find a job
    .payload = I am looking for a job
goal-apply_job = Apply for work
goal-guided_steps = Steps of a matter
    .payload = show me the guides
goal-who_handles = Which department
    .payload = which department handles it
goal-human_agent = Talk to a person
    .payload = I want a person

## Goals that no button offers.

goal-check_points = Check points
    .payload = check my volunteer points
goal-redeem_points = Redeem points
    .payload = I want to redeem my points
goal-emergency = Emergency
goal-repeat = Repeat
goal-slower = Slower
goal-louder = Louder
goal-switch_language = Switch language
goal-affirm = Yes
goal-deny = No
goal-inform = Answer a question
goal-rate_service = Rate
goal-greet = Greeting
goal-thanks = Thanks
goal-goodbye = Goodbye
goal-capabilities = What can you do
goal-bot_challenge = Are you a machine
goal-out_of_scope = Out of scope

## What a sentence names beside its goal: a service or a category.

detail-meal = { bookings-service-meal }
detail-bathing = { bookings-service-bathing }
detail-medical_escort = { bookings-service-medical_escort }
detail-home_errand = { bookings-service-home_errand }
detail-registration = { bookings-service-registration }
detail-hall_appointment = { bookings-service-hall_appointment }
detail-mobile_bus = { bookings-service-mobile_bus }
detail-job_training = { bookings-service-job_training }
detail-digital_class = { bookings-service-digital_class }
detail-after_school = { bookings-service-after_school }
detail-venue = { bookings-service-venue }
detail-council = { bookings-service-council }
detail-planner = { bookings-service-planner }
detail-noise = { cases-category-noise }
detail-illegal_construction = { cases-category-illegal_construction }
detail-sanitation = { cases-category-sanitation }
detail-public_facility = { cases-category-public_facility }
detail-street_vending = { cases-category-street_vending }
detail-parking = { cases-category-parking }
detail-neighbour_dispute = { cases-category-neighbour_dispute }
detail-property_management = { cases-category-property_management }
detail-staff_conduct = { cases-category-staff_conduct }
detail-other = { cases-category-other }
