"""Late cases that somebody is told of."""

TEXTS = {
    "nav.escalations": ("超时上报", "Late cases"),
    "escalations.title": ("超时上报", "Late cases that were escalated"),
    "escalations.hint": (
        "诉求超过时限，系统自动上报到这里。点“我来跟进”后，别人会看到由您负责。",
        "A case that misses its target is told here by itself. Press “I take care of it”, and others see that you do.",
    ),
    "escalations.home": ("{count}条超时上报还没有人跟进", "{count} escalations wait for somebody"),
    "escalations.more": ("看全部", "See all"),
    "escalations.none": ("没有等人跟进的上报。", "Nothing waits for somebody."),
    "escalations.waiting": ("还没有人跟进", "Nobody takes care of these yet"),
    "escalations.taken.title": ("已有人跟进", "Somebody takes care of these"),
    "escalations.take": ("我来跟进", "I take care of it"),
    "escalations.take.one": ("我来跟进诉求{number}", "I take care of case {number}"),
    "escalations.waits": ("已上报{role}，还没有人跟进", "told to: {role}; nobody takes care of it yet"),
    "escalations.taken": ("已上报{role}，{name}已跟进", "told to: {role}; {name} takes care of it"),
    "escalations.by": ("{name}跟进", "{name} takes care of it"),
    "escalations.instead": (
        "没有能登录的{role}，所以上报给管理员。请尽快安排人员。",
        "Nobody with the role “{role}” can sign in, so the administrator is told. Please appoint somebody soon.",
    ),
    "escalations.said.taken": ("已记下，由您跟进。", "Noted: you take care of it."),
    "frame.waiting": ("件等处理", "waiting"),
    "audit.action.case.escalate": ("诉求超时，自动上报", "A late case was escalated"),
    "audit.action.case.acknowledge": ("跟进超时上报", "Took care of a late case"),
}  # fmt: skip
