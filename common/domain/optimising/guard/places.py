"""Well-known employers, schools, places and people by their short names, which no suffix marks."""

import re

from common.domain.optimising.guard.finding import Finding

#: Spellings of one body; a rewrite may change between them.
_BODIES = """
腾讯|Tencent
阿里巴巴|阿里(?!山)|Alibaba
蚂蚁集团|蚂蚁金服|支付宝公司
字节跳动|字节(?!数|码|流|对|序)|ByteDance
百度(?!百科|地图|云盘|统计)|Baidu
华为|Huawei
美团|Meituan
京东|JD\\.com
网易|NetEase
小米(?!粥)|Xiaomi
滴滴|DiDi
快手|Kuaishou
拼多多|Pinduoduo
哔哩哔哩|B站|Bilibili
微软|Microsoft
谷歌|Google
亚马逊(?!运营)|Amazon
苹果公司|Apple Inc
英特尔|Intel
甲骨文公司|Oracle Corp
特斯拉|Tesla
比亚迪|BYD
宁德时代|CATL
大疆|DJI
商汤|SenseTime
旷视|Megvii
科大讯飞|讯飞|iFLYTEK
招商银行|招行
工商银行|工行
建设银行|建行
中国银行
平安集团|中国平安
普华永道|PwC
德勤|Deloitte
毕马威|KPMG
安永|Ernst & Young|EY(?![A-Za-z])
麦肯锡|McKinsey
宝洁|P&G
联合利华|Unilever
国家电网
中石油
中石化
中国移动
中国联通
中国电信
清华(?:大学)?|Tsinghua
北大|北京大学|Peking University
复旦(?:大学)?|Fudan
上海交大|上海交通大学|交大
浙大|浙江大学
中科大|中国科学技术大学|USTC
中科院|中国科学院
人大(?!代表|常委)|中国人民大学
哈工大|哈尔滨工业大学
哈佛|Harvard
斯坦福|Stanford
麻省理工|MIT(?![A-Za-z])
剑桥|Cambridge
牛津|Oxford
世界500强|全球500强|500强|Fortune 500
上市公司|独角兽
""".strip().splitlines()
_PLACES = """
北京 上海 天津 重庆 广州 深圳 杭州 南京 苏州 成都
武汉 西安 长沙 郑州 青岛 济南 大连 沈阳 哈尔滨 长春 厦门 福州 合肥 南昌 昆明 贵阳 南宁 海口 兰州 太原 石家庄
呼和浩特 乌鲁木齐 西宁 银川 拉萨 宁波 无锡 东莞 佛山 珠海 香港 澳门 台湾 台北 新加坡 美国 英国 日本 德国 法国 韩国 澳大利亚
加拿大 印度 欧洲 北美 东南亚 海外
Beijing Shanghai Shenzhen Guangzhou Hangzhou London Singapore Tokyo Germany France Japan Europe Asia
""".split()
_BODY_PATTERNS = [re.compile(rf"(?<![A-Za-z])(?:{names})" if names.isascii() else names) for names in _BODIES]
_PLACE = re.compile("|".join(_PLACES))
_PERSON = re.compile(
    r"(?:在|由|跟随|师从|协助|向)([\u4e00-\u9fff]{1,3}?)(?:老师|教授|经理|总监|博士|院士|先生|女士|董事长|总(?=[的,，。带指]))"
)
_NOBODY = re.compile(
    r"^(?:项目|产品|部门|区域|客户|大区|销售|运营|技术|人事|财务|总|副|上级|直属|我的?|其|该|本|多位|班级?|任课|指导|导)$"
)


def new_bodies(original: str, rewritten: str) -> list[Finding]:
    """Employers, schools, places and people that only the rewrite names. Both texts NFKC."""
    bodies = [
        Finding("name", found[0])
        for pattern in _BODY_PATTERNS
        if not pattern.search(original) and (found := pattern.search(rewritten))
    ]
    places = [Finding("place", place) for place in _PLACE.findall(rewritten) if place not in original]
    people = [
        Finding("person", name)
        for name in _PERSON.findall(rewritten)
        if name not in original and not _NOBODY.match(name)
    ]
    return list(dict.fromkeys([*bodies, *places, *people]))
