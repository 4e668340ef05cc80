### The words of the residents' page itself: buttons, notices, help. The page gets them as texts.js.

page-page_title = 邻语 · 大冶街道
page-brand_name = 邻语
page-brand_place = 大冶街道
page-skip_to_message = 跳到输入框
page-controls = 页面设置
page-other_language = English
page-elder_mode = 长辈版
page-text_smaller = 字小一点
page-text_larger = 字大一点
page-text_size_is = 字号 { $size }
page-text_size_smallest = 已经是最小的字了
page-text_size_largest = 已经是最大的字了
page-more = 更多
page-person = 人工
page-person_message = 人工
page-answer_in_this_language = 请用中文回答
page-person_before_consent = { $contact }。想在网上找人，请先点“同意并开始”。

page-one_key = 一键呼叫
page-one_key_hint = 现在有人就接，没人就给您回电话
page-one_key_danger = 有危险直接打：

page-welcome_title = 您好，有事跟我说
page-welcome_lead = 问政策、订服务、反映问题、查进度，都可以。说大白话就行。
page-examples_title = 您可以这样说
page-example_1_topic = 问政策
page-example_1 = 到2025年养老床位有多少？
page-example_2_topic = 订服务
page-example_2 = 帮我订一份明天中午的饭
page-example_3_topic = 反映问题
page-example_3 = 东风社区的路灯不亮了
page-example_4_topic = 查进度
page-example_4 = 我反映的事办得怎么样了？

page-consent_title = 开始之前，请看几句话
page-consent_machine = 我是自动助手，不是真人。想找真人，随时点“人工”。
page-consent_kept = 我会记下您说的话。办事要用的姓名、电话、地址，问过您才记。都加密保存，只用来办您的事。
page-consent_delete = 想删除，就对我说“删除我的数据”。
page-consent_device = 这台设备会记住这次对话，您回来可以接着聊。用的是公用电脑，走之前请点“更多”里的“开始新对话”。
page-consent_secret = 请不要发身份证号、银行卡号和密码。
page-consent_emergency = 有危险、有急病，不要等，直接拨 110、119 或 120。
page-consent_yes = 同意并开始
page-consent_no = 暂不同意
page-consent_refused = 没关系，什么都没有保存。{ $contact }，也可以到社区服务大厅办理。

page-contact_phone = 请拨打 { $phone }
page-contact_unknown = 人工电话还没有公布
page-on_duty_yes = 现在有人值班
page-on_duty_no = 现在没有人值班，点“人工”可以登记，请我们回电话
page-on_duty_unknown = 点“人工”可以登记，请我们回电话
page-staff_hours = 人工时间：{ $hours }
page-staff_phone = 人工电话：

page-log_label = 对话
page-speaker_linyu = 邻语
page-speaker_you = 您
page-speaker_person = 工作人员 { $name }
page-person_reads = 已送到，工作人员会看
page-announcement = 通知：{ $line }
page-assistant_off = 自动助手现在暂停服务，您写的话会登记给工作人员
page-speaker_notice = 邻语 · 新消息
page-typing = 邻语正在回复……
page-quick_replies = 可以直接选
page-tiles = 可以选的日子和时间
page-sources = 依据：第{ $sections }节
page-source_line = 《大冶街道改革方案》第{ $section }节 · { $title }
page-call_number = 拨打 { $number }
page-restored = 已接着上次的对话。
page-restarted = 上次的对话已经结束，为您开始了新的对话。

page-card_other = 记录
page-card_number = 编号
page-card_subscribe = 订阅到日历，改了会自动更新
page-copy_number = 复制编号
page-copied = 编号已复制
page-copy_failed = 没能复制，编号已选中，请长按或按 Ctrl+C 复制
page-fact_state_words = 状态
page-fact_check_code = 查询码
page-fact_when = 时间
page-fact_place = 地点
page-fact_party = 数量
page-fact_respond_by = 最晚响应
page-fact_settle_by = 最晚办结
page-fact_supports = 支持人数
page-fact_balance = 积分
page-fact_item = 兑换

page-message_label = 您的消息
page-message_hint = 在这里打字
page-send = 发送
page-message_keys = 按回车发送，按 Shift 加回车换行。
page-characters_left = 还可以写 { $left } 个字
page-too_long = 写了 { $count } 个字，超过 { $limit } 个字了。请删短一些，或分几次说。
page-paste_too_long = 粘贴的内容有 { $count } 个字，太长了，没有放进来。一次最多 { $limit } 个字，请只贴要紧的部分。
page-waiting_to_send = 排队等发送
page-reconnecting = 请稍等，正在重新连接……
page-reconnected = 已重新连上。
page-too_fast = 您说得有点快，请等 { $seconds } 秒，我会自动帮您发。
page-not_sent = 还没有发出去。您的话没有丢。
page-cannot_start = 现在连不上。请检查网络，再点“重试”。
page-retry = 重试
page-refused = 没有发出去：{ $detail }
page-edit_again = 改一改再发
page-something_wrong = 出了点问题，请稍后再试。

page-photo_add = 添加照片
page-photo_sending = 正在上传照片……
page-photo_kept = 照片已收到，会和您反映的问题放在一起。
page-photo_alt = 您添加的照片
page-photo_wrong_type = 这个文件不是照片。请选 JPG、PNG 或 WebP 图片。
page-photo_too_large = 照片太大了，请选 { $megabytes } MB 以内的。
page-photo_failed = 照片没有传上去：{ $detail }
page-no_connection = 网络不通，请稍后再试。

page-talk_label = 说话
page-talk_keys = 按空格键或回车键开始和结束，按 Esc 停下。
page-mic_idle = 点一下或按住说话
page-mic_asking = 正在打开麦克风……
page-mic_connecting = 正在接通……
page-mic_listening = 正在听，点一下结束
page-mic_held = 正在听，说完松手
page-mic_thinking = 听到了，请稍等……
page-mic_speaking = 正在读，点一下插话
page-mic_allow = 浏览器问能不能用麦克风，请点“允许”。
page-mic_refused = 浏览器没有允许用麦克风。想说话，请点网址旁边的小锁，把“麦克风”改成“允许”，再点一次说话。打字也一样能办。
page-mic_missing = 没有找到麦克风。请接好麦克风或耳机再点一次，也可以打字。
page-mic_taken = 麦克风正被别的程序用着。请先关掉通话或录音，再点一次，也可以打字。
page-mic_failed = 麦克风打不开。请再点一次，也可以打字。
page-mic_insecure = 这个网址不是安全网址（https），浏览器不让用麦克风。请打字，或请工作人员告诉您安全网址。
page-mic_unsupported = 这个浏览器不能说话。请打字，或换一个新一点的浏览器。
page-talk_lost = 语音断了，现在不能说话。请打字，或过一会儿再点一次。
page-talk_problem = { $detail }
page-speaker_heard = 您说的（听写）
page-correct = 改一下
page-not_answered = 这句话还没有办。

page-read_aloud = 读出来
page-stop_reading = 停
page-repeat = 再说一遍
page-slower = 慢一点
page-faster = 快一点
page-louder = 大声点
page-softer = 小声点
page-read_failed = 读不出来：{ $detail }

page-voice_settings = 声音设置
page-rate_label = 说话快慢
page-rate_0 = 很慢
page-rate_1 = 慢
page-rate_2 = 正常速度
page-rate_3 = 快
page-rate_4 = 很快
page-rate_least = 已经是最慢的了
page-rate_most = 已经是最快的了
page-volume_label = 声音大小
page-volume_0 = 很轻
page-volume_1 = 轻
page-volume_2 = 正常音量
page-volume_3 = 响
page-volume_4 = 很响
page-volume_least = 已经是最轻的了
page-volume_most = 已经是最响的了
page-voice_label = 谁来说
page-voice_female = 女声
page-voice_male = 男声
page-voice_changed = 声音换好了
page-always_read = 回复都读出来
page-manner_hint = 也可以直接对我说“慢一点”“大声点”“再说一遍”。这次对话里都记得。
page-manner_failed = 没有改成，请稍后再试。

page-voice_consent_title = 说话之前，请看几句话
page-voice_consent_heard = 点“说话”以后，我才听。再点一次，就不听了。
page-voice_consent_where = 您的声音只在街道自己的电脑上变成文字，不交给别的公司。
page-voice_consent_not_kept = 录音不保存，变成文字就丢掉。
page-voice_consent_kept = 录音加密保存 { $days } 天，到期自动删除。
page-voice_consent_shown = 听写出来的字会显示给您看，听错了可以改。
page-voice_consent_yes = 同意，开始说话
page-voice_consent_no = 我打字

page-rate = 评价这次服务
page-rating_title = 您对这次服务满意吗？
page-rating_legend = 请选一项
page-rating_5 = 很满意
page-rating_4 = 满意
page-rating_3 = 一般
page-rating_2 = 不满意
page-rating_1 = 很不满意
page-rating_comment = 还想说点什么？（可以不填）
page-rating_send = 提交评价
page-rating_missing = 请先选一项，再提交。
page-rating_thanks = 谢谢您的评价。
page-rating_failed = 评价没有提交上去：{ $detail }

page-new_conversation = 开始新对话
page-new_conversation_title = 开始新对话吗？
page-new_conversation_body = 这台设备会忘掉现在的对话。已经办好的预约和反映的问题还在，请先记下编号。
page-new_conversation_yes = 开始新对话
page-new_conversation_done = 新对话已开始。
page-cancel = 取消
page-close = 关闭

page-help = 使用帮助
page-help_title = 使用帮助
page-help_person = 随时点“人工”，或者直接打“人工”两个字。
page-help_repeat = 没看明白，就说“再说一遍”。说错了，就说“不对”，再说正确的。
page-help_voice = 想说话，点一下“说话”，说完等我回答；也可以按住说，说完松手。我说话时，您可以直接插话。
page-help_keys_title = 键盘快捷键
page-key_person = 找人工
page-key_message = 到输入框
page-key_last = 到最新的回复
page-key_escape = 停下声音，或关闭小窗口
page-privacy_voice = 您说的话在街道自己的电脑上变成文字。录音保不保存、保存多久，第一次说话之前会告诉您。
page-privacy = 隐私说明
page-privacy_title = 我们怎样保管您的信息

## The hall's screen.

page-kiosk_bar = 常用按钮
page-kiosk_tools = 屏幕设置
page-kiosk_digits = 按数字
page-kiosk_digits_shown = 按下的数字
page-kiosk_digits_send = 按好了
page-kiosk_digits_back = 删一个
page-kiosk_print = 打印凭条
page-kiosk_nothing_to_print = 还没有可以打印的号码。
page-kiosk_end = 办完了，结束
page-kiosk_low = 按钮放低
page-kiosk_scanned = 查一下预约{ $number }
page-kiosk_agree_first = 请先按“同意并开始”，再扫一次。
page-kiosk_silence_title = 您还在吗？
page-kiosk_silence = { $seconds }秒后这里会自动结束，您说过的话不会留在屏幕上。
page-kiosk_go_on = 继续

## What can be done with a card.

page-card_actions = 可以这样做
page-card_calendar = 加到日历
page-card_in_calendar = 日历文件已经存好，打开它就能加进日历。
page-card_calendar_failed = 现在取不到日历文件，请稍后再试。
page-card_share = 分享
page-card_shared = 已经复制，可以贴给家人。
page-card_print = 打印

## Under an answer.

page-opinion = 这个回答有用吗
page-opinion_helped = 有用
page-opinion_useless = 没用
page-opinion_thanks = 谢谢，记下了。
page-opinion_sorry = 记下了，工作人员会看。想找人问，请按“人工”。
page-opinion_failed = 没有记上，请稍后再按一次。
page-next_questions = 还可以问：

## On another page.

page-widget_open = 问邻语
page-widget_close = 关闭
page-widget_title = 邻语，大冶街道的自动助手

## News on this device

page-news_title = 消息提醒
page-news_remind = 有消息提醒我
page-news_when = 您反映的事有了答复、排队等到了名额、预约的前一天傍晚，这台设备会响一下。
page-news_what = 提醒里只说有答复、有名额或者明天有预约，不写姓名、电话，也不写内容。
page-news_by_whom = 提醒由您的浏览器公司的推送服务转送，内容加了密。有的浏览器在这里收不到。
page-news_end = 随时可以在“更多”里关掉。开始新对话，也就关掉了。
page-news_is_off = 现在没有开。
page-news_is_on = 已经开了。
page-news_is_refused = 您的浏览器不让这个网站发提醒。要开，请先在浏览器的设置里允许。
page-news_yes = 同意，提醒我
page-news_no = 不再提醒
page-news_failed = 现在开不了提醒。预约和答复，您随时可以在这里问我。

## The hall's scanner

page-arrival_title = 报到
page-arrival_looking = 正在查，请稍等。
page-arrival_today = { $title }，{ $place }，今天{ $time }。您到了吗？
page-arrival_done = 好了，已经记下您到了。{ $title }，{ $time }。
page-arrival_already = 这个号码今天已经报到过了。{ $title }，{ $time }。
page-arrival_other_day = 这个预约是{ $day }的，{ $time }，不是今天。请那天再来报到。
page-arrival_over = 这个预约是{ $day }的，已经过去了。要再约，请对我说一声。
page-arrival_cancelled = 这个预约已经取消了，不能报到。要再约，请对我说一声。
page-arrival_waiting = 这个号码还在排队等名额，现在不能报到。
page-arrival_at_home = 这个预约是上门的，在家等就行，不用在这里报到。
page-arrival_unknown = 没有查到这个号码的预约。请再扫一次，或者按“找工作人员”。
page-arrival_locked = 不对的号码太多了，现在不能再查。请按“找工作人员”。
page-arrival_failed = 现在查不了，请稍等再扫一次，或者按“找工作人员”。
page-arrival_yes = 我到了
page-arrival_ask = 看看这个预约
page-arrival_person = 找工作人员

## Where somebody stands who reports something

page-position_add = 附上位置
page-position_asking = 浏览器会问您能不能用位置。同意了，您现在站的地方会附在这件事上，让人好找；不同意也能办。
page-position_kept = 位置附上了。地点还是请您说一下。
page-position_none = 没有拿到位置。请直接说在哪里，比如哪条路、几栋旁边。
