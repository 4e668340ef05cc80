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
