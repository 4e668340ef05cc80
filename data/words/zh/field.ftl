### The grid worker's page for the telephone.

nav-field = 现场
field-queue = 等着发送
field-send_now = 现在发送
field-tasks = 派给我的
field-no_tasks = 现在没有派给您的事。
field-report = 上报
field-place = 在哪里
field-locate = 加上现在的位置
field-words = 看到了什么
field-speak = 说话代替打字
field-photo = 拍照
field-send = 提交
field-arrive = 我到了
field-answer = 办得怎么样（居民会看到）
field-done = 办好了

## What the page says while it works.

field-says-report = 上报
field-says-arrived = 到达
field-says-done = 办好
field-says-photo = 照片
field-says-kept = 已经存在手机里，有网络就发。
field-says-sent = 已经发出：{ $number }。
field-says-refused = 有一条没有被接受，请看下面。
field-says-refused_because = 没有被接受：{ $detail }
field-says-again = 再发一次
field-says-take_off = 删掉
field-says-others = 另一位同事写的，等他登录再发。
field-says-kept_tasks = 这是没有网络时看到的任务，{ $when }的。有了网络会更新。
field-says-offline = 现在没有网络。您写的都存在手机里。
field-says-sign_in = 登录已经结束，请重新登录。没发出去的还在手机里。
field-says-later = 服务器现在不答，稍后自动再发。
field-says-due = 时限：{ $when }
field-says-needs_words = 请先写几句话。
field-says-needs_place = 请写在哪里，或者加上位置。
field-says-located = 位置已经加上。
field-says-not_located = 没有拿到位置，请写在哪里。
field-says-speak_now = 请说，说完再按一次。
field-says-hearing = 正在听写。
field-says-heard = 听写好了，请看一遍。
field-says-not_heard = 没有听清，请打字。
field-says-no_microphone = 用不了麦克风，请打字。
audit-action-case-field_report = 现场上报
audit-action-case-field_work = 现场办理
