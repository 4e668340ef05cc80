### Steps through a matter.

guides-step = 第{ $at }步，共{ $count }步：{ $do }。要带：{ $papers }。在哪里：{ $where }。
guides-step-long = 要多久：{ $long }。
guides-step-confirm = 这一步要由{ $confirm }确认。
guides-note = 这些步骤是示例，要多久也还没有确认，去之前请先问清楚。
page-card_steps = 办事步骤
