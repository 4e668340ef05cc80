"""What a page says when something cannot be done; named by the failure's code."""

TEXTS = {
    "error.400.title": ("请求有误", "The request is not right"),
    "error.403.title": ("没有权限", "Not allowed"),
    "error.404.title": ("没有这个页面", "Page not found"),
    "error.409.title": ("现在不能这样做", "Not possible now"),
    "error.410.title": ("链接已失效", "This link is no longer good"),
    "error.413.title": ("内容太大", "Too large"),
    "error.422.title": ("填写的内容不对", "Something is not filled in right"),
    "error.423.title": ("暂时锁定", "Locked for now"),
    "error.429.title": ("请求太频繁", "Too many requests"),
    "error.500.title": ("出错了", "Something went wrong"),
    "error.503.title": ("服务暂时不可用", "Not available just now"),
    "error.forbidden": (
        "您的角色不能做这件事，或者页面放得太久了。请返回后再试；如果确实需要，请找管理员。",
        "Your role may not do this, or the page was open for too long. Go back and try again, or ask an administrator.",
    ),
    "error.not-found": ("没有找到，或者您无权查看。", "There is no such thing here, or you may not see it."),
    "error.sign-in-failed": ("账号、密码或验证码不对。", "Login, password or code is not right."),
    "error.sign-in-locked": (
        "错误次数太多，暂时锁定。请约{minutes}分钟后再试，或者请管理员解锁。",
        "Too many wrong tries. Try again in about {minutes} minutes, or ask an administrator to unlock.",
    ),
    "error.weak-password": (
        "密码太短或太容易猜到。请至少用12个字符，不要用常见的词、姓名、日期和连续的数字。",
        "This password is too short or easy to guess. Use at least 12 characters; no common words, names, dates or rows of digits.",
    ),
    "error.passwords-differ": ("两次输入的密码不一样。", "The two passwords are not the same."),
    "error.link-expired": (
        "这个链接已经用过或者过期了。请管理员再发一个。",
        "This link was used already or is too old. Ask an administrator for a new one.",
    ),
    "error.not-unique": ("已经有同名的了，请换一个。", "There is one with this name already. Choose another."),
    "error.wrong-state": (
        "现在不能这样做：可能同事已经做了，或者情况变了。请返回刷新后再看。（人员页：不能停用自己，也不能去掉最后一位管理员。）",
        "This cannot be done now: a colleague may have done it, or things have changed. Go back and look again. (People: nobody can "
        "disable themselves, and one administrator must stay.)",
    ),
    "error.reason-missing": ("请写明原因（至少4个字）。", "Say why, in at least 4 characters."),
    "error.too-many-requests": ("操作太快了，请稍等一会儿再试。", "That was too fast. Wait a moment and try again."),
    "error.too-large": ("内容太大了。", "This is too large."),
    "error.unexpected": ("系统出错了，我们已经记下。请稍后再试。", "Something went wrong, and we have noted it. Try again later."),
    "error.store-unavailable": ("数据库暂时没有回应，请稍后再试。什么都没有写入。", "The database does not answer just now. Nothing was written."),
    "error.other": ("这次没有成功，请返回后再试。", "This did not work. Go back and try again."),
    "error.bad-input.login": (
        "账号用小写字母、数字、点、横线，2到32个字符。",
        "A login has 2 to 32 characters: small letters, digits, dots, hyphens.",
    ),
    "error.bad-input.name": ("请填写姓名，最多60个字。", "Give a name of at most 60 characters."),
    "error.bad-input.role": ("请选择角色。", "Choose a role."),
    "error.bad-input.grid": ("网格员必须填写网格。", "A grid worker needs a grid."),
    "error.bad-input.community": ("社区名称太长。", "The community's name is too long."),
}  # fmt: skip
