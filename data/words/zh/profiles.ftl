### Profiles: what residents want to be known by.

page-card_profile = 我的档案
conversations-outcome-profile = 居民档案
privacy-kind-profiles = 居民档案（最后一次用到以后）
audit-kind-profile = 居民档案
audit-action-profile-kept = 居民同意记下档案
audit-action-profile-forgotten = 居民删掉档案
audit-action-profile-needs_forgotten = 居民删掉身体和居住情况
reveal-needs = 要照顾的地方
profiles-no_place = 没有留地址
profiles-needs = 要照顾的：{ $needs }。
profiles-for_staff = 要照顾的：{ $needs }
profiles-which-forget = 删掉档案{ $number }
