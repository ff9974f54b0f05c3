"""The words of which fields of study are made; they tell a major from a school, an employer or a note."""

import re

_WORDS = re.compile(
    r"工程|技术|科学|管理|经济|金融|会计|审计|财务|设计|英语|日语|法语|德语|俄语|韩语|数学|物理|化学|生物|法学|法律|医学|护理|新闻|传播|软件|计算机|电子|通信|"
    r"自动化|机械|机电|土木|建筑|材料|营销|贸易|物流|统计|信息|艺术|美术|音乐|舞蹈|体育|哲学|历史|中文|汉语|文学|翻译|教育|心理|社会|政治|国际|人力资源|"
    r"商务|会展|旅游|酒店|环境|能源|化工|农学|园艺|园林|食品|药学|临床|口腔|中医|针灸|服装|动画|媒体|网络|安全|人工智能|大数据|物联网|测绘|地理|地质|"
    r"行政|播音|表演|编导|摄影|广告|烹饪|汽车|航空|船舶|交通|铁道|电气|测控|仪器|光电|微电子|集成电路|车辆|给排水|造价|消防|安防|勘查|水利|气象|海洋|考古|学$|"
    r"計算機|資訊|資工|電機|會計|經濟|國際|機械|設計|外文|企管|財金|統計|數學|"
    r"\b(?:Engineering|Sciences?|Studies|Arts?|Economics|Finance|Management|Administration|Mathematics|Maths?|Physics|Chemistry|Biology|History|"
    r"Literature|English|Psychology|Philosophy|Law|Medicine|Nursing|Accounting|Marketing|Business|Statistics|Informatics|Computing|Technology|"
    r"Systems|Design|Architecture|Education|Communications?|Journalism|Politics|Sociology|Linguistics|Geography|Geology|Electronics|Robotics|"
    r"Analytics|Media|Computer|Software|Electrical|Mechanical|Civil|Chemical|Data|Music|Theatre|Policy|Relations|Security|Intelligence|EECS|CS)\b",
    re.IGNORECASE,
)


def holds_field_of_study(text: str) -> bool:
    """软件工程, Computer Science and Engineering."""
    return bool(_WORDS.search(text))
