### Cases: for residents and for staff.

## States. They stand alone on cards and in the console; inside a sentence English begins them small.

cases-state-filed = 记下了，还没交给部门
cases-state-dispatched = 已经交给部门
cases-state-handling = 正在办
cases-state-answered = 已经答复
cases-state-settled = 已经办完
cases-state-closed = 已经办完并归档
cases-state-reopened = 重新办理中

## Categories of complaints.

cases-category-noise = 噪音扰民
cases-category-illegal_construction = 违章建筑
cases-category-sanitation = 环境卫生
cases-category-public_facility = 公共设施
cases-category-street_vending = 占道经营
cases-category-parking = 停车问题
cases-category-neighbour_dispute = 邻里纠纷
cases-category-property_management = 物业问题
cases-category-other = 其他问题

## How a case goes on.

cases-contact-anonymous = 匿名提交。
cases-contact-phone = 电话：{ $phone }，只为办这件事保存。
cases-status-answer = 工作人员回话说：{ $answer }
cases-status-aim = 我们争取{ $settle_by }前办完。
cases-which-reopen = 投诉{ $number }没解决，重新办
cases-which-reopen_by_phone = 投诉{ $number }没解决，要重新办理，电话尾号{ $tail }
cases-notice-answered = 您反映的问题（{ $number }）有答复了：{ $answer }
    .ear = 您反映的问题有答复了。{ $spoken_answer }
