### News on a device that agreed to it. It is read on a locked screen: nothing of whom, or of what.

push-title = Linyu
push-news-case_answered = There is an answer to what you reported. Please open Linyu to read it.
push-news-reminder = You have a booking tomorrow. Please open Linyu for the time and place.
push-news-seat_offered = A seat that you were waiting for is free. Please open Linyu to say whether you want it.
