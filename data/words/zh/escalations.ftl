### Late cases that somebody is told of.

nav-escalations = 超时上报
escalations-title = 超时上报
escalations-hint = 诉求超过时限，系统自动上报到这里。点“我来跟进”后，别人会看到由您负责。
escalations-home = { $count }条超时上报还没有人跟进
escalations-more = 看全部
escalations-none = 没有等人跟进的上报。
escalations-waiting = 还没有人跟进
escalations-taken-title = 已有人跟进
escalations-take = 我来跟进
escalations-take-one = 我来跟进诉求{ $number }
escalations-waits = 已上报{ $role }，还没有人跟进
escalations-taken = 已上报{ $role }，{ $name }已跟进
escalations-by = { $name }跟进
escalations-instead = 没有能登录的{ $role }，所以上报给管理员。请尽快安排人员。
escalations-said-taken = 已记下，由您跟进。
frame-waiting = 件等处理
audit-action-case-escalate = 诉求超时，自动上报
audit-action-case-acknowledge = 跟进超时上报
