### A person instead of the assistant.

handover-duty-yes = 现在有人值班，会尽快联系您。
handover-duty-no = 现在没有人值班，上班后联系您。
handover-duty-unknown = 我不清楚现在有没有人值班。
handover-duty-by = 留了电话的，最晚{ $moment }前给您回电话。
handover-duty-call = 您也可以打{ $phone }。
handover-person_came = 工作人员来了，现在由人看您写的话、给您答复，自动助手先不说话。
handover-person_left = 工作人员离开了，现在由自动助手继续为您服务。
handover-welcome_while_off = 您好，我是大冶街道的自动助手邻语，现在暂停服务。您说的话，我会登记下来，请工作人员找您。有危险，马上打110、119、120。
handover-assistant_off = 自动助手现在暂停服务。已经为您登记找工作人员，登记号是{ $number }。{ $duty }{ $ask }
    .ear = 自动助手现在暂停服务，已经为您登记找工作人员。{ $duty }
handover-assistant_off-ask = 想要回电，请把电话号码写在这里，只用来给您回电话。
handover-assistant_off-read_back = 会打{ $phone }找您，号码只用来回电话。不对请再写一遍。
page-card_handover = 人工登记
