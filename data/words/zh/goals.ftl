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
goal-human_agent = 人工服务
    .payload = 人工
