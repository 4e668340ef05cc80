### Personal data in full.

reveal-said-noted = Noted in the audit. For the rest of today this record opens for you without a further reason.
reveal-in_full = In full
reveal-today = You gave a reason today, so this is shown to you in full. Let nobody else look on.
reveal-noted = The audit now holds who looked, when and why.
reveal-nothing = No personal data was left here.
reveal-name = Name
reveal-phone = Phone
reveal-address = Address
reveal-place = Place
reveal-text = In their words
reveal-beneficiary = For whom
reveal-note = Note
