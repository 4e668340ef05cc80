### A person instead of the assistant.

handover-duty-yes = Staff are on duty and will be with you soon.
handover-duty-no = Nobody is on duty now; staff will contact you in working hours.
handover-duty-unknown = I do not know whether anyone is on duty now.
handover-duty-by = If you leave a phone number, we call you back by { $moment } at the latest.
handover-duty-call = You can also call { $phone }.
handover-person_came = A member of staff has joined and reads what you write. The automatic assistant is silent for now.
handover-person_left = The member of staff has left. The automatic assistant answers again.
handover-welcome_while_off = Hello, I am Linyu, the automatic assistant of Daye Subdistrict. I am switched off at the moment: whatever you say is recorded, and our staff will get in touch. In danger, call 110, 119 or 120 at once.
handover-assistant_off = The automatic assistant is switched off at the moment. Your request for a person is recorded under number { $number }. { $duty } { $ask }
    .ear = The automatic assistant is switched off at the moment. { $duty }
handover-assistant_off-ask = To be called back, write your phone number here; it is kept for that only.
handover-assistant_off-read_back = You will be called on { $phone }; the number is kept for that only. If it is wrong, write it again.
page-card_handover = Request to our staff
