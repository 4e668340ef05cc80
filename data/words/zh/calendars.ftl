### Calendars to subscribe to.

calendars-hall = 服务大厅开放时间
calendars-mine = 我的预约
calendars-book = 可以在邻语预约。
