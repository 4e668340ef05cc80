"""Personal data in full."""

TEXTS = {
    "reveal.noted": ("已记入审计：谁在什么时候、为什么查看。", "The audit now holds who looked, when and why."),
    "reveal.nothing": ("这里没有留下个人信息。", "No personal data was left here."),
    "reveal.name": ("姓名", "Name"),
    "reveal.phone": ("电话", "Phone"),
    "reveal.address": ("地址", "Address"),
    "reveal.place": ("地点", "Place"),
    "reveal.text": ("原话", "In their words"),
    "reveal.beneficiary": ("服务对象", "For whom"),
    "reveal.note": ("备注", "Note"),
}
