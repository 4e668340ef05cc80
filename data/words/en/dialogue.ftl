### The talk itself: choices, and what a key of the telephone says for the caller.

dialogue-more = Others
    .payload = What else is there?
dialogue-go_on = Would you like to hear more?
dialogue-menu-1 = I want to book a meal
dialogue-menu-2 = I want to report a problem
dialogue-menu-3 = check my booking
dialogue-menu-4 = how far is my complaint
dialogue-menu-5 = I have a question on the plan
dialogue-menu-6 = cancel my booking
dialogue-this_language = Please speak English
dialogue-drop = forget it
dialogue-plan = Daye Subdistrict reform plan
dialogue-all_own-and = {"; "}
dialogue-we_hear = Yes, I hear you. Please go on.
dialogue-number_again = Once more, the number is { $number }.
