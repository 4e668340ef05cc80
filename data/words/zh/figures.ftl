### The public figures: answered and settled in time.

figures-title = 诉求办得怎么样
figures-intro = 按月份和部门，公布居民诉求在{ $respond }天内有答复、{ $settle }天内办结的比例。时间还没到、也还没办的，不算在内。
figures-small = 不足{ $smallest }件的部门合在一起，免得看出是谁反映的。投诉工作人员的不在里面。
figures-office = 部门
figures-cases = 件数
figures-answered = 按时答复
figures-settled = 按时办结
figures-others = 其他部门和还没派单的
figures-hidden = 另有不足{ $smallest }件，不公布。
figures-none = 最近半年没有诉求。
