### Personal data in full.

reveal-noted = The audit now holds who looked, when and why.
reveal-nothing = No personal data was left here.
reveal-name = Name
reveal-phone = Phone
reveal-address = Address
reveal-place = Place
reveal-text = In their words
reveal-beneficiary = For whom
reveal-note = Note
