"""Family names: the hundred and more commonest single ones and the double ones, simplified and traditional."""

SINGLE = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段"
    "雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐梅莫庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄"
    "单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許呂蘇盧蔣賈魏葉閻鍾譚鄒陸龍萬錢湯喬賀賴龔龐蘭顏倪嚴溫蘆魯葛韋畢聶叢齊莊塗時關淩費紀盛歐項陽裴衛鮑單寧閔車邊麴麹"
)
DOUBLE = tuple(
    "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 端木 轩辕 夏侯 南宫 歐陽 司馬 諸葛 東方 張簡 范姜".split()
)


def starts_as_name(text: str) -> bool:
    """张三, 欧阳锋: a known family name and one or two characters more."""
    return (text.startswith(DOUBLE) and 3 <= len(text) <= 4) or (text[:1] in SINGLE and 2 <= len(text) <= 3)
