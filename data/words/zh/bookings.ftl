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

## What residents are told without asking.

bookings-notice-offered = 您排队的{ $title }有空位了：{ $when }。给您留到{ $until }。
    .ear = 您排队的{ $title }有空位了，我们先给您留着。
bookings-notice-take = 要这个位子
    .payload = 接受候补预约{ $number }
bookings-notice-cancelled = 很抱歉，您的预约{ $number }（{ $title }，{ $when }）取消了：{ $reason }
    .ear = 很抱歉，您预约的{ $title }取消了。
bookings-notice-expired = 为您留的{ $title }位子过了时间，已经让给下一位。您随时可以再约。
