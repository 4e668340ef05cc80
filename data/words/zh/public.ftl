### Public: for residents and for staff.

public-product = 邻语 · 大冶街道
public-skip = 跳到正文
public-home = 回到聊天页面
public-page = 第{ $page }页，共{ $pages }页
public-previous = 上一页
public-next = 下一页
public-pages = 翻页
