"""The answers bureaus write into a roster, and the value of ours that each stands for."""

from registry.models import (
    Background,
    Education,
    Employment,
    OrganizationKind,
    PostHeld,
    Route,
    Sex,
)


def _answers(words):
    """Return {answer: value} of {value: answers with blanks between them}."""
    return {word: value for value, answers in words.items() for word in answers.split()}


SEX = _answers(
    {
        Sex.MALE: "男 男性 male M",
        Sex.FEMALE: "女 女性 female F",
    }
)

# "是" and "否" answer the heading "是否专职".
EMPLOYMENT = _answers(
    {
        Employment.FULL_TIME: "专职 专职调解员 专职人民调解员 专职人员 专 全职 是 full-time",
        Employment.PART_TIME: "兼职 兼职调解员 兼职人民调解员 兼职人员 兼 非专职 否 part-time",
        Employment.INVITED: "特邀 特邀调解员 特聘 invited",
    }
)

POST = _answers(
    {
        PostHeld.DIRECTOR: "主任 调委会主任 调解主任 调解委员会主任 主任委员 正主任 director",
        PostHeld.DEPUTY: "副主任 调委会副主任 副主任委员 常务副主任 deputy",
        PostHeld.MEMBER: "委员 调委会委员 调解委员 成员 member",
        PostHeld.MEDIATOR: "调解员 人民调解员 专职调解员 兼职调解员 专职人民调解员 兼职人民调解员",
        PostHeld.CHIEF: "首席调解员 首席 首席人民调解员 chief",
    }
)

ROUTE = _answers(
    {
        Route.ELECTED: "推选 选举 选举产生 选任 推选产生 当选 elected",
        Route.APPOINTED: "聘任 聘任产生 聘用 聘请 受聘 appointed",
    }
)

EDUCATION = _answers(
    {
        Education.PRIMARY: "小学 小学及以下 小学以下 文盲",
        Education.JUNIOR: "初中 初级中学 初中及以下",
        Education.SENIOR: (
            "高中 中专 职高 中职 技校 中技 职业高中 普通高中 中等专科 高中/中专 高中(中专) 中师"
        ),
        Education.COLLEGE: "大专 专科 大学专科 高职 大学大专",
        Education.BACHELOR: "本科 大学 大学本科 学士 本科学历",
        Education.MASTER: "研究生 硕士 硕士研究生 在职研究生",
        Education.DOCTOR: "博士 博士研究生",
    }
)

BACKGROUND = _answers(
    {
        Background.LEGAL: "法律 法律专业 法学 律师 法律工作者 基层法律服务工作者 公证员",
        Background.JUDICIAL: (
            "退休法官 退休检察官 退休政法干警 政法 退休民警 退休司法人员 退休司法行政人员 政法退休"
        ),
        Background.MEDICAL: "医疗 医学 医生 医师",
        Background.PSYCHOLOGY: "心理 心理学 心理咨询 心理咨询师",
        Background.GRASSROOTS: "村干部 社区干部 基层 基层工作 社区工作者 村社干部 村(社区)干部",
        Background.OTHER: "其他 其它 无",
    }
)

KIND = _answers(
    {
        OrganizationKind.VILLAGE: (
            "村居 村 社区 村(社区) 村、社区 村/社区 村社 村社区 村(居) 村委会 居委会 "
            "村(居)委会 村级"
        ),
        OrganizationKind.TOWNSHIP: (
            "乡镇街道 乡镇(街道) 乡镇 街道 镇 乡 镇街 镇乡街道 乡镇/街道 乡镇、街道 镇(街道) 乡级"
        ),
        OrganizationKind.ENTERPRISE: "企事业 企事业单位 企业 事业单位 企业事业单位",
        OrganizationKind.INDUSTRY: (
            "行业性专业性 行专 行业性、专业性 行业专业 行业性 专业性 行业 行业(专业) 行业性(专业性)"
        ),
        OrganizationKind.REGIONAL: "区域性 区域",
        OrganizationKind.COUNTY: "市级 县级 区县 市县 县(市、区) 区级",
        OrganizationKind.STATIONED: "派驻 派驻调解室 派驻工作室 派驻式",
        OrganizationKind.STUDIO: (
            "个人调解室 个人工作室 品牌 品牌调解室 品牌工作室 个人(品牌)调解室 个人品牌 "
            "调解工作室 个人/品牌调解室 个人品牌调解室"
        ),
        OrganizationKind.SOCIAL: "社会组织 社会团体",
        OrganizationKind.GROUP: "调解小组 小组",
        OrganizationKind.COMMERCIAL: "商事 商事调解 商事调解组织",
    }
)

KIND_ENDINGS = (
    "人民调解委员会",
    "调解委员会",
    "人民调解组织",
    "调解组织",
    "调委会",
    "类",
    "型",
    "性",
)
