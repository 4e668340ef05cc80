### 示例：编出来给人看的东西，凡是出现名字的地方都这样说。
examples-marked = { $name }（示例）
