### Personal data in full.

reveal-said-noted = 已记入审计。今天您再打开这一件，不用再写理由。
reveal-in_full = 完整信息
reveal-today = 今天您已经写过理由，看到的是完整信息。请不要让旁人看到。
reveal-noted = 已记入审计：谁在什么时候、为什么查看。
reveal-nothing = 这里没有留下个人信息。
reveal-name = 姓名
reveal-phone = 电话
reveal-address = 地址
reveal-place = 地点
reveal-text = 原话
reveal-beneficiary = 服务对象
reveal-note = 备注
