### Steps through a matter.

guides-step = Step { $at } of { $count }: { $do }. Bring: { $papers }. Where: { $where }.
guides-step-long = It takes { $long }.
guides-step-confirm = To be confirmed by { $confirm }.
guides-note = These steps are an example; how long they take is not confirmed yet. Please ask before you go.
page-card_steps = Steps
