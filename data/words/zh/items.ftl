### Which department handles what.

items-who = { $title }归{ $department }管。
items-where = 在这里办：{ $window }。
items-papers = 要带：{ $papers }。
items-days = 办理时间：{ $days }。
items-days-unknown = 几天办好，方案里没有写。
items-serves = 服务对象：{ $serves }。
items-note = 这是示例，还要由{ $confirm }确认，去之前请先问清楚。
