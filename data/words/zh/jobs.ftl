### Work that is offered here.

jobs-shift-day = 白班
jobs-shift-night = 夜班
jobs-shift-rotating = 倒班
jobs-part-place = 地点
jobs-part-meals = 包吃
jobs-part-lodging = 包住
jobs-part-pay_from = 工资
jobs-part-shift = 班次
jobs-part-no_nights = 不上夜班
jobs-pay-open = 工资面议
jobs-pay-range = 月薪{ $low }到{ $high }元
jobs-pay-one = 月薪{ $amount }元
jobs-pay-wanted = { $amount }元以上
jobs-board-both = 包吃住
jobs-full = { $short }。单位：{ $employer }。
jobs-full-place = 地点：{ $place }。
jobs-full-details = 要求：{ $details }。
jobs-full-example = 这是示例岗位。
jobs-all = 都看看
jobs-look = 看看{ $posting }号岗位
jobs-apply = 我要应聘{ $posting }号岗位
audit-kind-application = 应聘
audit-action-jobs-import = 导入岗位
audit-action-jobs-passed_on = 应聘已转给单位
audit-action-jobs-closed = 应聘已办结
