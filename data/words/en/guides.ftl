### Steps through a matter.

guides-step = Step { $at } of { $count }: { $do }. Bring: { $papers }. Where: { $where }.
guides-step-long = It takes { $long }.
guides-step-confirm = To be confirmed by { $confirm }.
guides-note = These steps are an example; how long they take is not confirmed yet. Please ask before you go.
page-card_steps = Steps
guides-page-title = Guides
guides-page-intro = Choose your matter and answer two questions to see what to bring and where to go, step by step.
guides-page-case = Your case:{" "}
guides-page-gap = ,{" "}
guides-page-again = Choose again
guides-page-papers = Bring:{" "}
guides-page-where = Where:{" "}
guides-page-long = How long:{" "}
guides-page-confirm = Confirm first with:{" "}
guides-page-print = To take it with you, use your browser's “Print”: only the steps are printed.
guides-page-visit = To make an appointment in the hall, tell Linyu “book the hall”.
guides-visit = Book the hall for this
    .payload = I want an appointment in the service hall
guides-visit-ear = To make an appointment in the hall, say “book the hall”.

## In the console.

nav-guides = Guides
guides-list = Guides
guides-list-hint = What the guides say lies in data/guides. Confirm one here once the department of every step has checked it; when its words change, it has to be confirmed again.
guides-state-confirmed = confirmed
guides-state-example = example, nobody has confirmed it
guides-confirmed_since = Confirmed on { $day }; residents no longer read that it is an example.
guides-steps = All steps
guides-only = Only for:
guides-source = Confirmed by
guides-source-hint = Department and grounds, such as “Public Service, letter of 20 November”. It is kept in the audit.
guides-confirm = Confirm this guide
guides-take_back = Take the confirmation back
guides-said-confirmed = Confirmed; residents no longer read that it is an example.
guides-said-taken_back = Taken back; it is an example again.
