### The page that is shown without a connection.

offline-title = 现在没有网络
offline-emergency = 有危险，请马上打电话：
offline-ambulance = 急救
offline-fire = 火警
offline-police = 报警
offline-again = 有了网络再打开这一页，就可以接着说。没发出去的话还留在这台设备上，会自动再发。
offline-phone = 工作人员电话：
offline-hall = 也可以到社区服务大厅，当面办理。
offline-retry = 再试一次
