### Work that is offered here.

jobs-shift-day = day shift
jobs-shift-night = night shift
jobs-shift-rotating = rotating shifts
jobs-part-place = the place
jobs-part-meals = meals
jobs-part-lodging = lodging
jobs-part-pay_from = the pay
jobs-part-shift = the shift
jobs-part-no_nights = no night shifts
jobs-pay-open = pay to be agreed
jobs-pay-range = { $low } to { $high } yuan a month
jobs-pay-one = { $amount } yuan a month
jobs-pay-wanted = at least { $amount } yuan
jobs-board-both = lodging and meals
jobs-full = { $short }. Employer: { $employer }.
jobs-full-place = Place: { $place }.
jobs-full-details = Asked for: { $details }.
jobs-full-example = This posting is an example.
jobs-all = all of them
jobs-look = look at job { $posting }
jobs-apply = I want to apply for job { $posting }
audit-kind-application = Application
audit-action-jobs-import = Imported postings
audit-action-jobs-passed_on = Passed an application on
audit-action-jobs-closed = Closed an application
