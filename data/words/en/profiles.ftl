### Profiles: what residents want to be known by.

page-card_profile = My profile
conversations-outcome-profile = Profile
privacy-kind-profiles = Profiles (since they were last used)
audit-kind-profile = Profile
audit-action-profile-kept = Agreed to a profile
audit-action-profile-forgotten = Deleted a profile
audit-action-profile-needs_forgotten = Deleted the needs of a profile
reveal-needs = Needs
profiles-no_place = no address
profiles-needs = To be taken care of: { $needs }.
profiles-for_staff = To be taken care of: { $needs }
profiles-which-forget = Delete profile { $number }
