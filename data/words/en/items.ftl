### Which department handles what.

items-who = { $department } is in charge of { $title }.
items-where = Where: { $window }.
items-papers = Bring: { $papers }.
items-days = Time: { $days }.
items-days-unknown = How many days it takes, the plan does not say.
items-serves = For: { $serves }.
items-note = This is an example which { $confirm } has yet to confirm; please ask before you go.
