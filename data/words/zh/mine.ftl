### My matters: what residents read of all they have with us, on the page and in the chat.

nav-mine = 我的事
mine-intro = 您的预约、反映的问题、提案、应聘、积分和代办授权，都在这里。别人的事，这里看不到。
mine-elsewhere = 用电话和验证码查看
mine-elsewhere_lead = 换了手机或电脑也能看。先拿到六位验证码，再填在这里。
mine-phone = 办事时留的电话
mine-code = 六位验证码
mine-open = 查看
mine-call = 打电话告诉我验证码
mine-how = 怎么拿到验证码
mine-how_call = 按“打电话告诉我验证码”，我们打到这个号码上念给您听。这样能看到这个号码办过的所有事。晚上到早上不打电话，一天最多三次。
mine-how_device = 或者在办事的那台设备上打开这一页，按“在别的设备上看”。这样能看到那台设备上办的事。
mine-how_other = 两样都不方便，请到社区服务大厅，或者在聊天里说“人工”。
mine-show_code = 在别的设备上看
mine-close = 看完了，关闭
mine-print = 打印
mine-list = 我的事
mine-open_ones = 还在办的
mine-over_ones = 已经结束的
mine-number = 号码：
mine-steps = 经过
mine-cancel = 取消预约
mine-cancel_sure = 确认取消
mine-cancel_keep = 不取消
mine-end = 结束代办
mine-end_sure = 确认结束
mine-end_keep = 继续让家人代办
mine-chase = 催办
mine-add = 补充情况
mine-add_label = 要补充的话
mine-add_send = 提交补充
mine-calendar = 加到日历
mine-share = 分享
mine-scripts = 这一页需要打开浏览器的 JavaScript。您也可以打电话，或者到社区服务大厅查询。

## What the page says while it works.

mine-says-empty = 现在没有您的事。要办事，请回到聊天页面说一声。
mine-says-loading = 正在查，请稍等。
mine-says-wrong = 电话或者验证码不对，或者验证码过期了。输错五次，一个小时里就不能再试。
mine-says-locked = 错的次数太多了，请一小时后再试。急事请在聊天里说“人工”，或者到社区服务大厅。
mine-says-slow = 试得太快了，请等一分钟再试。
mine-says-over = 这次查看已经结束，请重新打开。
mine-says-offline = 现在连不上，请稍后再试。
mine-says-calling = 这个号码如果办过事，我们马上打过去，念六位验证码。
mine-says-no_phone = 请填写11位手机号，或者带区号的座机号。
mine-says-no_calls = 现在打不了电话。请用办事的那台设备拿验证码，或者到社区服务大厅。
mine-says-shown = 验证码是{ $code }。在另一台设备上打开“我的事”，填办事时留的电话和这个验证码。十五分钟内有效，只能用一次。
mine-says-cancelled = 已经取消了。
mine-says-ended = 代办已经停了，现在没有人能用这份授权替您办事。
mine-says-late = 现在取消已经太晚了。来不了的话，请打电话或者在聊天里说“人工”。
mine-says-chased = 已经替您催了，工作人员看得到。同一天里催一次就够了。
mine-says-added = 补充的话记下了，工作人员看得到。
mine-says-nothing = 请先写下要补充的话。
mine-says-settled = 这件事已经有答复了，不能再补充。没解决的话，请在聊天里说“没解决”。
mine-says-copied = 已经复制，可以贴给家人。
mine-says-closed = 已经关闭，这里什么都没有留下。
mine-says-failed = 没有办成，请再试一次。

## Facts of a matter.

mine-fact-when = 时间
mine-fact-place = 地点
mine-fact-party = 人数
mine-fact-text = 内容
mine-fact-answer = 答复
mine-fact-settle_by = 争取办完
mine-fact-check_code = 查询码
mine-fact-supports = 支持
mine-fact-employer = 单位
mine-fact-call_back_by = 最晚回电
mine-fact-powers = 可以办
mine-fact-until = 管到
mine-kind-proposal = 提案
mine-kind-volunteer = 志愿积分
mine-kind-handover = 找工作人员
mine-kind-mandate = { $helper }替您办事
mine-handover-waiting = 等人回电
mine-handover-done = 已经办完

## What happened to a case, and to points.

mine-step-filed = 您提交了
mine-step-dispatched = 交给了部门
mine-step-handling = 开始办理
mine-step-arrived = 工作人员到了现场
mine-step-answered = 有了答复
mine-step-settled = 办完了
mine-step-closed = 归档了
mine-step-reopened = 重新办理
mine-step-chased = 您催了一次
mine-step-added = 您补充了情况
mine-step-rated = 您评了分
mine-points-balance = 现在有{ $count }分
mine-points-hours = 加{ $amount }分　{ $what }
mine-points-redeemed = 用{ $amount }分　{ $what }
mine-points-undone = 退回{ $amount }分　{ $what }

mine-calendar-title = { $title }（邻语预约）
mine-calendar-number = 预约号：{ $number }。要改时间或者取消，请告诉邻语。
page-mine = 我的事
