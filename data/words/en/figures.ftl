### The public figures: answered and settled in time.

figures-title = How residents' cases are handled
figures-intro = By month and office: how many of a hundred cases had an answer within { $respond } day(s) and were settled within { $settle }. Those whose time still runs are not counted.
figures-small = Offices with fewer than { $smallest } cases are put together, so that nobody can be recognised. Complaints about staff are not in it.
figures-office = Office
figures-cases = Cases
figures-answered = Answered in time
figures-settled = Settled in time
figures-others = Other offices, and not yet given to one
figures-hidden = Fewer than { $smallest } more are not published.
figures-none = There was no case in the last six months.
