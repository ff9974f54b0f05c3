"""Frequent characters of Chinese and frequent pairs of letters: what wrong character maps cannot imitate."""

#: About 600 of the most frequent Han of general and of resume text, simplified and, where it differs, traditional.
HAN = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全"
    "三又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常"
    "先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太量再感建务做接必场"
    "件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类"
    "求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运"
    "简历姓名邮箱育背景职技能项目责负源专本硕士博毕校校园班课成绩获奖优秀奖学金团竞赛证书英语级软件网络系统研究究发布测试需"
    "求产品运营市场销售客户财务会计人力资源管理助策划推广数据分析设计开发编程语言框架服务器端架构模块功能实现优化维护支持协调组织沟"
    "通参与独立完熟悉掌握练使用环境配置部署流程持续集自评价好爱性别男女籍贯政治貌党群众联系话微住址深圳京州杭武汉省限责股份集团"
    "工程师经理主任总监实习生员助教授培训训练写作阅读口头听力证照号码版首页博客个人网站链接至今共第条率提升降低增长效质量标准严格"
    "爱吃苦耐劳勤学习积极踏踏实实细致逻辑思维创新协精神执行抗压较强良好并且根据以及基于包括利用结合主导带领搭建整改进"
    "這個們來為國說時會對發後過裡種經麼學當動還進樣實軍無與長機關點業間問並應頭體見產話內門員論處義幾認條氣題爾變總電數報結務場"
    "計資許統區隊決馬書聽卻達強難權象設記類據邊張該規萬覺術領傳師觀讓識帶導爭運簡歷職項負責專碩畢課績獲獎優團競賽證網絡營銷財"
    "開編語環續評價性別籍貫黨聯係創協執練寫讀號碼鏈"
)

#: The pairs of neighbouring letters that make up most of English, and of the other languages written in Latin letters.
LATIN_PAIRS = frozenset(
    (
        "th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea "
        "ra ce li ch ll be ma si om ur ca el ta la ns ge ec tr us ac ot il et us em ol un ct lo pr pe ie rs ss ut ad"
    ).split()
)
