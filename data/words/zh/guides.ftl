### Steps through a matter.

guides-step = 第{ $at }步，共{ $count }步：{ $do }。要带：{ $papers }。在哪里：{ $where }。
guides-step-long = 要多久：{ $long }。
guides-step-confirm = 这一步要由{ $confirm }确认。
guides-note = 这些步骤是示例，要多久也还没有确认，去之前请先问清楚。
page-card_steps = 办事步骤
guides-page-title = 办事指南
guides-page-intro = 先选办什么事，再回答两个问题，就能看到每一步要带什么、去哪里。
guides-page-case = 您的情况：
guides-page-gap = 、
guides-page-again = 重新选
guides-page-papers = 要带：
guides-page-where = 在哪里：
guides-page-long = 要多久：
guides-page-confirm = 请先确认：
guides-page-print = 要带走，用浏览器的“打印”，只印步骤。
guides-page-visit = 要约时间到大厅办，跟邻语说“预约大厅”。
guides-visit = 预约大厅办这件事
    .payload = 我要预约到大厅办事
guides-visit-ear = 要约时间去大厅办，说“预约大厅”。

## In the console.

nav-guides = 办事指南
guides-list = 办事指南
guides-list-hint = 指南的内容在 data/guides 里。每一步的主管部门核对过，才在这里确认；内容改了，要重新确认。
guides-state-confirmed = 已经确认
guides-state-example = 示例，还没有人确认
guides-confirmed_since = { $day } 确认过，居民看到的不再标“示例”。
guides-steps = 全部步骤
guides-only = 只用于：
guides-source = 谁确认的
guides-source-hint = 写部门和依据，比如“公共服务部 11月20日书面答复”。会记在审计里。
guides-confirm = 确认这份指南
guides-take_back = 收回确认
guides-said-confirmed = 已经确认，居民看到的不再标“示例”。
guides-said-taken_back = 已经收回，重新标为“示例”。
