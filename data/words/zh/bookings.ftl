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
