### Bookings: for residents and for staff.

## States. They stand alone on cards and in the console; inside a sentence English begins them small.

bookings-state-confirmed = 已预约
bookings-state-waiting = 排队等候中
bookings-state-offered = 有空位，等确认
bookings-state-cancelled = 已取消
bookings-state-done = 已完成
bookings-state-expired = 已过期
bookings-state-no_show = 没有来

## Services, as they are named to residents and staff.

bookings-service-meal = 助餐
bookings-service-bathing = 助浴
bookings-service-medical_escort = 助医
bookings-service-home_errand = 上门代办
bookings-service-registration = 预约挂号
bookings-service-hall_appointment = 大厅预约
bookings-service-mobile_bus = 流动服务车
bookings-service-job_training = 技能培训
bookings-service-digital_class = 手机班
bookings-service-after_school = 四点半课堂和兴趣班
bookings-service-venue = 场馆
bookings-service-council = 居民议事会
bookings-service-planner = 社区规划师活动

## What a booking is for, in numbers.

bookings-party-meal = { $count }份
bookings-party-people = { $count }人
bookings-most-meal = 订{ $count }份
bookings-most-people = { $count }个人
bookings-none_free = 暂时没有
bookings-part-morning = 上午
bookings-part-noon = 中午
bookings-part-afternoon = 下午
bookings-part-evening = 晚上
bookings-ahead =
    { $count ->
        [0] 您排在第一位
       *[other] 前面还有{ $count }位
    }
bookings-notice_hours = { $hours }小时
bookings-notice_days =
    { $days ->
        [1] 一天
        [2] 两天
       *[other] { $days }天
    }

## Which one is meant: a button, and the words that it stands for.

bookings-which-change = 改预约{ $number }
bookings-which-cancel = 取消预约{ $number }
bookings-which-booked = 取消约好的
    .payload = { bookings-which-cancel }
bookings-which-this = 不办现在这件
    .payload = 这件不办了
bookings-which-cancel_by_phone = 取消预约{ $number }，电话尾号{ $tail }

## What is read back of a change.

bookings-change-and = ，
bookings-change-none = 没有变动
bookings-change-one = 只改{ $day }这一次，{ $changes }；要每次都改，请说“都改”
bookings-change-one_day = 只改{ $day }这一次，{ $changes }
bookings-change-each = 后面{ $count }次都{ $changes }
bookings-change-each_done = 后面的{ $count }次也这样改好了。
bookings-change-when = 改到{ $value }
bookings-change-place = 地点改成{ $value }
bookings-counted-meal = 份
bookings-counted-people = 个人
bookings-change-party = 数量改成{ $value }
bookings-change-name = 姓名改成{ $value }
bookings-change-phone = 电话改成{ $value }

## A booking that comes again.

bookings-package-and = 、
bookings-package-item = 第{ $number }样，{ $title }，{ $day }{ $time }，{ $party }，地点{ $place }。
bookings-series-and = 、
bookings-series-to = 到
bookings-series-every = 每周{ $days }
bookings-series-holiday = { $days }是节假日，没有服务，跳过。
bookings-series-full = { $days }已经约满，跳过。
bookings-series-closed = { $days }没有这项服务，跳过。
bookings-series-too_far = { $day }起还不能约，到时候请再约。
bookings-weekday-0 = 一
bookings-weekday-1 = 二
bookings-weekday-2 = 三
bookings-weekday-3 = 四
bookings-weekday-4 = 五
bookings-weekday-5 = 六
bookings-weekday-6 = 日

## What residents are told without asking.

bookings-notice-offered = 您排队的{ $title }有空位了：{ $when }。给您留到{ $until }。
    .ear = 您排队的{ $title }有空位了，我们先给您留着。
bookings-notice-take = 要这个位子
    .payload = 接受候补预约{ $number }
bookings-notice-cancelled = 很抱歉，您的预约{ $number }（{ $title }，{ $when }）取消了：{ $reason }
    .ear = 很抱歉，您预约的{ $title }取消了。
bookings-notice-served = 您预约的{ $title }（{ $when }）办完了。您满意吗？请打个分，1分最差，5分最好。
    .ear = 您预约的{ $title }办完了。您满意吗？请打个分，一分最差，五分最好。
bookings-notice-star = { $score }分
    .payload = { $score }分
bookings-notice-expired = 为您留的{ $title }位子过了时间，已经让给下一位。您随时可以再约。

## The pages of the bookings.

nav-bookings = 预约
bookings-title = 预约日历
bookings-hint = 每格是：已约人数/名额。点进去看当天名单。改名额后，候补会自动往前递补。
bookings-empty = 还没有可预约的服务。
bookings-offering = 服务
bookings-place = 服务地点
bookings-day = 日期
bookings-week-before = 上一周
bookings-week-after = 下一周
bookings-window = 时段
bookings-waiting = 候补{ $count }
bookings-capacity = 名额
bookings-capacity-every = 每个时段的名额
bookings-capacity-one = 改某一天某个时段的名额
bookings-capacity-own = 单独设定
bookings-capacity-change = 改名额
bookings-said-capacity_below = 名额已改。注意：有的时段已经约出去的比名额多，约好的不变；去不了的请打电话告诉居民。
bookings-said-capacity = 名额已改。
bookings-said-marked = 已记下。
bookings-said-cancelled = 已取消，并告诉了居民；候补自动递补。
bookings-day-title = { $day } 预约名单
bookings-day-empty = 这一天没有预约。
bookings-day-back = 返回日历
bookings-day-full = 显示完整名单，用来打印
bookings-day-came = 到了
bookings-print = 打印
bookings-one = 预约 { $number }
bookings-number = 编号
bookings-time = 时间
bookings-state = 状态
bookings-position = 候补第几位
bookings-party = 人数
bookings-name = 姓名
bookings-phone = 电话
bookings-address = 地址
bookings-beneficiary = 给谁约的
bookings-note = 备注
bookings-made = 预约时间
bookings-offer_ends = 名额保留到
bookings-history = 经过
bookings-event-changed = 改了时间
bookings-actor-resident = 居民
bookings-actor-system = 系统
bookings-mark-no_show = 没有来
bookings-mark-done = 其实来了
bookings-cancel = 取消预约
bookings-cancel-why = 为什么取消（居民会看到）
bookings-wrong-state = 现在不能这样做：没有来只能在开始以后记，已经结束的不能取消。
error-bad-input-window = 这一天没有这个时段，或者已经过去。
error-bad-input-capacity = 名额请填0到10000的整数。
audit-action-booking-read = 查看预约
audit-action-booking-mark = 记录到场情况
audit-action-booking-cancel = 取消预约
audit-action-booking-capacity = 改名额
audit-action-booking-export = 导出预约
audit-kind-offering = 可预约的服务
page-card_booking = 预约
bookings-stops-lead = 服务车的时刻方案没有写，这是街道的停靠安排，以街道公布的为准。
bookings-stops-one = { $place }：下一次{ $day }，{ $hours }。
bookings-stops-none = 最近四周没有停靠安排。
bookings-stops-not_then = { $day }没有停靠安排，下一次是：
bookings-stops-not_there = { $place }还没有停靠点，别处的是：
bookings-stops-bring = 来的时候请带{ $things }。
bookings-stops-sign_up = 要我帮您约，说“预约流动服务车”就行。
bookings-stops-book = 预约流动服务车
    .payload = 我要预约流动服务车

## Days and times to press.

bookings-tile-windows = { $count }个时间可选
bookings-tile-seats = 还有{ $count }个名额

## What an offering asks beside the usual.

bookings-details-usual = “人民医院骨科”、“办高龄津贴”
bookings-details-child = “小明，七岁，奶奶来接”
