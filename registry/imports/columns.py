"""The columns an import reads, and the headings under which bureaus keep them."""

from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from office.sheets.headings import Column, normalised
from registry.imports import words as answers


@dataclass(frozen=True)
class RosterColumn(Column):
    """A column of a roster. What cannot be read refuses the row if ``strict``, else it is noted."""

    strict: bool = False

    @property
    def headings(self):
        """The normalised headings that mean this column beyond doubt, made once per language."""
        return _headings(self.name, self.label, self.synonyms, get_language())


@lru_cache(maxsize=500)
def _headings(name, label, synonyms, language):
    return frozenset(normalised(str(text)) for text in (label, name, *synonyms))


def words(text):
    """Return the words of a text with blanks between them."""
    return tuple(text.split())


MEDIATOR_COLUMNS = (
    RosterColumn(
        "name",
        _("Person's name"),
        kind="name",
        required=True,
        strict=True,
        synonyms=words("姓名 调解员姓名 人民调解员姓名 调解员 名字 人员姓名 成员姓名"),
    ),
    RosterColumn(
        "sex",
        _("sex"),
        kind="choice",
        answers=answers.SEX,
        synonyms=words("性别"),
    ),
    RosterColumn(
        "born_on",
        _("date of birth"),
        kind="date",
        synonyms=words("出生年月 出生日期 出生年月日 生日 出生时间 出生"),
    ),
    RosterColumn("ethnicity", _("ethnicity"), synonyms=words("民族")),
    RosterColumn(
        "education",
        _("education"),
        kind="choice",
        answers=answers.EDUCATION,
        synonyms=words("文化程度 学历 最高学历 文化水平 受教育程度 学历层次 文化"),
    ),
    RosterColumn(
        "political_status",
        _("political status"),
        synonyms=words("政治面貌 政治身份 面貌"),
    ),
    RosterColumn(
        "id_number",
        _("ID number"),
        kind="id",
        strict=True,
        synonyms=words(
            "身份证号码 身份证号 身份证 公民身份号码 公民身份证号码 居民身份证号码 证件号码 "
            "证件号 身份号码 有效证件号码 身份证件号码"
        ),
    ),
    RosterColumn(
        "organization",
        _("mediation organisation"),
        required=True,
        strict=True,
        synonyms=words(
            "所在调解组织 调解组织 调解组织名称 所属调解组织 所在人民调解委员会 "
            "人民调解委员会 人民调解委员会名称 调委会 调委会名称 所在调委会 所属调委会 "
            "所属人民调解委员会 所在人民调解组织 调解委员会 调解委员会名称 所在调解委员会 "
            "单位 工作单位 所在单位 单位名称 所属单位 所在组织 组织名称 所属组织 "
            "所属调解委员会 所属人民调解组织 任职单位 调解机构 调解组织(单位)"
        ),
    ),
    RosterColumn(
        "township",
        _("township or village"),
        synonyms=words(
            "乡镇 乡镇街道 所属乡镇 所属乡镇街道 所在乡镇 所在乡镇街道 镇街 街道 镇乡街道 "
            "所属镇街 所属街道 所属镇乡 乡镇名称"
        ),
    ),
    RosterColumn(
        "post",
        _("post"),
        kind="choice",
        answers=answers.POST,
        synonyms=words("职务 调解职务 调委会职务 担任职务 岗位 职位 任职 所任职务 现任职务"),
    ),
    RosterColumn(
        "employment",
        _("full-time or part-time"),
        kind="choice",
        required=True,
        strict=True,
        answers=answers.EMPLOYMENT,
        synonyms=words(
            "专兼职 专兼 专职兼职 专职或兼职 是否专职 人员类别 人员性质 专兼职情况 用工性质 "
            "类别 调解员类别 调解员类型 专兼职类别 是否为专职 任职形式 人员类型 "
            "是否专职调解员 专职兼职情况"
        ),
    ),
    RosterColumn(
        "route",
        _("elected or appointed"),
        kind="choice",
        answers=answers.ROUTE,
        synonyms=words("产生方式 产生途径 选聘方式 任用方式 聘选方式 推选聘任 选任方式"),
    ),
    RosterColumn(
        "from_on",
        _("in post from"),
        kind="date",
        strict=True,
        synonyms=words(
            "任职时间 任职日期 聘任时间 聘任日期 受聘日期 受聘时间 上岗时间 上岗日期 聘用时间 "
            "聘用日期 任职起始时间 从事调解时间 从事调解工作时间 担任调解员时间 起聘时间 "
            "入职时间 任职年月 聘期开始 任职开始时间 从事人民调解工作时间"
        ),
    ),
    RosterColumn(
        "phone",
        _("personal phone"),
        kind="phone",
        strict=True,
        synonyms=words(
            "手机号码 手机 手机号 联系电话 联系方式 电话 电话号码 移动电话 本人电话 联系手机 "
            "个人电话 联系号码"
        ),
    ),
    RosterColumn(
        "specialities",
        _("specialities"),
        synonyms=words(
            "擅长领域 擅长 专长 特长 擅长调解领域 擅长纠纷类型 擅长类型 调解专长 擅长调解类型 "
            "调解特长 业务专长 专业领域 擅长纠纷 调解领域 主要调解领域"
        ),
    ),
    RosterColumn(
        "languages",
        _("languages and dialects"),
        synonyms=words("语言 方言 语言方言 语种 掌握语言 语言能力 会说语言 使用语言"),
    ),
    RosterColumn(
        "level",
        _("level"),
        synonyms=words(
            "等级 调解员等级 人民调解员等级 级别 调解员级别 评定等级 现有等级 现等级 等级评定 "
            "等级情况"
        ),
    ),
    RosterColumn(
        "certificate_number",
        _("certificate number"),
        kind="id",
        strict=True,
        synonyms=words(
            "证书编号 证书号 调解员证号 人民调解员证号 调解员证编号 人民调解员证编号 工作证号 "
            "证号 调解证号 调解员证书编号 人民调解员证书编号 上岗证号 证件编号"
        ),
    ),
    RosterColumn(
        "background",
        _("professional background"),
        kind="choice",
        answers=answers.BACKGROUND,
        synonyms=words("专业背景 职业背景 从业背景 人员来源 身份背景 原职业 来源"),
    ),
    RosterColumn("note", _("note"), synonyms=words("备注 说明 其他说明 附注")),
)

ORGANIZATION_COLUMNS = (
    RosterColumn(
        "name",
        _("Organisation name"),
        required=True,
        strict=True,
        synonyms=words(
            "组织名称 调解组织名称 调委会名称 人民调解委员会名称 调解委员会名称 名称 "
            "人民调解组织名称 调解组织 调委会 人民调解委员会 单位名称 机构名称 调解委员会 "
            "人民调解组织 全称 组织全称"
        ),
    ),
    RosterColumn(
        "kind",
        _("kind"),
        kind="choice",
        required=True,
        strict=True,
        answers=answers.KIND,
        synonyms=words(
            "类型 组织类型 调解组织类型 类别 组织类别 调委会类型 调委会类别 调解组织类别 "
            "人民调解委员会类型 性质 组织性质 调委会性质 机构类型"
        ),
    ),
    RosterColumn(
        "township",
        _("township or village"),
        strict=True,
        synonyms=words(
            "所属乡镇街道 所属乡镇 乡镇街道 乡镇 所在乡镇 所在乡镇街道 镇街 所属街道 街道 "
            "镇乡街道 所属镇街 所属区域 所在镇街 所属镇乡 所属地区 行政区划"
        ),
    ),
    RosterColumn(
        "village",
        _("village or community"),
        synonyms=words("行政村 村社区 所属村 所属村社区 村居 村社 所在村 社区"),
    ),
    RosterColumn(
        "established_on",
        _("established on"),
        kind="date",
        strict=True,
        synonyms=words("成立时间 成立日期 设立时间 设立日期 建立时间 组建时间 成立年月"),
    ),
    RosterColumn(
        "filed_on",
        _("filed on"),
        kind="date",
        strict=True,
        synonyms=words("备案日期 备案时间 备案登记时间 登记日期 登记时间"),
    ),
    RosterColumn(
        "founding_unit",
        _("founding unit"),
        synonyms=words("设立单位 主管单位 主办单位 组建单位 主管部门 举办单位"),
    ),
    RosterColumn(
        "credit_code",
        _("unified social credit code"),
        kind="id",
        strict=True,
        synonyms=words("统一社会信用代码 社会信用代码 信用代码 组织机构代码"),
    ),
    RosterColumn(
        "number",
        _("register number"),
        kind="id",
        strict=True,
        synonyms=words("备案号 备案编号 登记编号 组织编号 调委会编号 登记号"),
    ),
    RosterColumn(
        "address",
        _("address"),
        synonyms=words("地址 办公地址 详细地址 所在地址 办公地点 调解场所 联系地址"),
    ),
    RosterColumn(
        "phone",
        _("public phone"),
        kind="phone",
        synonyms=words("联系电话 电话 办公电话 咨询电话 联系方式 值班电话 电话号码"),
    ),
    RosterColumn(
        "hours",
        _("office hours"),
        synonyms=words("工作时间 办公时间 接待时间 值班时间"),
    ),
    RosterColumn("short_name", _("short name"), synonyms=words("简称 组织简称")),
    RosterColumn(
        "field",
        _("field"),
        synonyms=words("领域 行业领域 专业领域 调解领域 行业 所属行业 业务领域"),
    ),
)
