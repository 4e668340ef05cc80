### What residents come for: as staff read it, and as a button that says it for the resident.

goal-ask_policy = 问政策
    .payload = 我想问政策
goal-book_service = 预约服务
    .payload = 我想预约服务
goal-check_booking = 查预约
    .payload = 查一下我的预约
goal-change_booking = 改预约
    .payload = 我要改预约的时间
goal-cancel_booking = 取消预约
    .payload = 取消我的预约
goal-file_complaint = 反映问题
    .payload = 我要反映一个问题
goal-check_case = 查投诉进度
    .payload = 我的投诉办到哪一步了
goal-reopen_case = 投诉没解决
    .payload = 上次的投诉没解决，重新办
goal-submit_proposal = 提建议
    .payload = 我要提一个建议
goal-find_job = 找工作
    .payload = 我想找工作
goal-apply_job = 应聘
goal-guided_steps = 办事步骤
    .payload = 办事步骤
goal-who_handles = 问归谁管
    .payload = 这事归哪个部门管
goal-human_agent = 人工服务
    .payload = 人工

## Goals that no button offers.

goal-check_points = 查积分
    .payload = 查一下我的志愿积分
goal-redeem_points = 兑换积分
    .payload = 我要用积分换东西
goal-emergency = 紧急情况
goal-repeat = 再说一遍
goal-slower = 说慢点
goal-louder = 大声点
goal-switch_language = 换语言
goal-affirm = 是
goal-deny = 不是
goal-inform = 回答提问
goal-rate_service = 评价
goal-greet = 问好
goal-thanks = 道谢
goal-goodbye = 再见
goal-capabilities = 问能做什么
goal-bot_challenge = 问是不是机器
goal-out_of_scope = 答不了的事

## What a sentence names beside its goal: a service or a category.

detail-meal = { bookings-service-meal }
detail-bathing = { bookings-service-bathing }
detail-medical_escort = { bookings-service-medical_escort }
detail-home_errand = { bookings-service-home_errand }
detail-registration = { bookings-service-registration }
detail-hall_appointment = { bookings-service-hall_appointment }
detail-mobile_bus = { bookings-service-mobile_bus }
detail-job_training = { bookings-service-job_training }
detail-digital_class = { bookings-service-digital_class }
detail-after_school = { bookings-service-after_school }
detail-venue = { bookings-service-venue }
detail-council = { bookings-service-council }
detail-planner = { bookings-service-planner }
detail-noise = { cases-category-noise }
detail-illegal_construction = { cases-category-illegal_construction }
detail-sanitation = { cases-category-sanitation }
detail-public_facility = { cases-category-public_facility }
detail-street_vending = { cases-category-street_vending }
detail-parking = { cases-category-parking }
detail-neighbour_dispute = { cases-category-neighbour_dispute }
detail-property_management = { cases-category-property_management }
detail-staff_conduct = { cases-category-staff_conduct }
detail-other = { cases-category-other }
