### The hall: its hours, and what to bring.

offices-hours-lead = The plan does not give the hall's hours; these are the office's.
offices-hours-one = { $name } ({ $days }): open { $hours }.
offices-days-weekdays = Monday to Friday
offices-days-weekend = Saturday and Sunday
offices-bring = Please bring { $things }.
offices-sign_up = To make an appointment, say “book the hall”.
offices-book = Book the hall
    .payload = I want an appointment in the service hall
