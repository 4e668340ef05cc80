### The talk itself: choices, and what a key of the telephone says for the caller.

dialogue-more = 听别的
    .payload = 还有别的吗
dialogue-go_on = 还要听别的吗？
dialogue-menu-1 = 我想预约助餐
dialogue-menu-2 = 我要反映一个问题
dialogue-menu-3 = 查一下我的预约
dialogue-menu-4 = 我的投诉办到哪一步了
dialogue-menu-5 = 我要问政策
dialogue-menu-6 = 取消我的预约
dialogue-this_language = 请说中文
dialogue-drop = 不办了
dialogue-plan = 大冶街道改革方案
dialogue-all_own-and = ；
dialogue-we_hear = 听得到，您请讲。
dialogue-number_again = 再说一遍，号码是{ $number }。
