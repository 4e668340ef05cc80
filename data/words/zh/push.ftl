### News on a device that agreed to it. It is read on a locked screen: nothing of whom, or of what.

push-title = 邻语
push-news-case_answered = 您反映的事有答复了，请打开邻语看一看。
push-news-reminder = 您明天有预约，请打开邻语看看时间和地点。
push-news-seat_offered = 您排队等的名额空出来了，请打开邻语确认要不要。
