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
goal-human_agent = Talk to a person
    .payload = I want a person
