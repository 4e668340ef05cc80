### Wishes that could not be met: for staff.

nav-unmet = Unmet wishes
unmet-title = Wishes that could not be met
unmet-hint = Needs beside resources and projects (the plan, 5.2), of the last 12 months. Counted once for each conversation, also where another day was taken; nobody is named. Seniors are those whose page was in elder mode.
unmet-empty = No wish has been left unmet.
unmet-about = Service or subject
unmet-community = Community
unmet-anywhere = (none named)
unmet-kind = Why
unmet-kind-no_place = not offered there
unmet-kind-full = full
unmet-kind-no_service = not offered at all
unmet-kind-unanswered = question without an answer
unmet-people = People
unmet-seniors = Seniors of them
unmet-months = Months
unmet-offered = Places a week there
unmet-advice = What would have helped
unmet-advice-full =
    { $places ->
        [one] One more place
       *[other] { $places } more places
    } of { $about } in { $community } would have served { $people ->
        [one] one person.
       *[other] { $people } people.
    }
unmet-advice-no_place = { $about } in { $community } would have served { $people ->
        [one] one person.
       *[other] { $people } people.
    }
unmet-advice-no_service = { $about }, offered anywhere, would have served { $people ->
        [one] one person.
       *[other] { $people } people.
    }
unmet-advice-unanswered = A page on this would have answered { $people ->
        [one] one question.
       *[other] { $people } questions.
    }
unmet-example = Example
unmet-is_example = example
unmet-projects = Projects: proposals that were adopted
unmet-projects-hint = Perhaps one of them meets a need above.
unmet-no_projects = None yet.
unmet-topic-app = The app
unmet-topic-background = Why there is a reform
unmet-topic-complaint = Complaints
unmet-topic-data = Data
unmet-topic-digital_gap = Help with the digital
unmet-topic-elderly = Care for the elderly
unmet-topic-goals = Aims
unmet-topic-governance = Governance
unmet-topic-grid = The grid
unmet-topic-hall = Service hall
unmet-topic-items = Matters and departments
unmet-topic-linyu = This assistant
unmet-topic-meal = Meals
unmet-topic-migrant = Migrants
unmet-topic-mobile_bus = Service bus
unmet-topic-money = Money
unmet-topic-needs = Needs
unmet-topic-other = Other
unmet-topic-participation = Taking part
unmet-topic-party = The party
unmet-topic-risk = Risks
unmet-topic-society = Associations
unmet-topic-staff = Staff
unmet-topic-theory = Theory
unmet-topic-venue = Venues
unmet-topic-volunteer = Volunteering
unmet-topic-youth = The young
audit-action-unmet-export = exported unmet wishes
