### The hall: its hours, and what to bring.

offices-hours-lead = 大厅几点开门方案没有写，这是街道的时间，以街道公布的为准。
offices-hours-one = { $name }（{ $days }）{ $hours }办事。
offices-days-weekdays = 周一到周五
offices-days-weekend = 周六和周日
offices-bring = 来的时候请带{ $things }。
offices-sign_up = 要先约时间，说“预约大厅”就行。
offices-book = 预约大厅
    .payload = 我要预约到大厅办事
