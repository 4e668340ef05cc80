### Late cases that somebody is told of.

nav-escalations = Late cases
escalations-title = Late cases that were escalated
escalations-hint = A case that misses its target is told here by itself. Press “I take care of it”, and others see that you do.
escalations-home = { $count } escalations wait for somebody
escalations-more = See all
escalations-none = Nothing waits for somebody.
escalations-waiting = Nobody takes care of these yet
escalations-taken-title = Somebody takes care of these
escalations-take = I take care of it
escalations-take-one = I take care of case { $number }
escalations-waits = told to: { $role }; nobody takes care of it yet
escalations-taken = told to: { $role }; { $name } takes care of it
escalations-by = { $name } takes care of it
escalations-instead = Nobody with the role “{ $role }” can sign in, so the administrator is told. Please appoint somebody soon.
escalations-said-taken = Noted: you take care of it.
frame-waiting = waiting
audit-action-case-escalate = A late case was escalated
audit-action-case-acknowledge = Took care of a late case
