"""Chinese sheet names and headers of the registers; their columns and kinds are those of `ledger.facts`."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

# register → (sheet name, other names of the sheet)
REGISTER_SHEETS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "members": ("会员名册", "会员花名册", "会员", "花名册", "职工花名册", "会员信息表"),
        "payroll": ("工资总额", "工资总额表", "工资汇总表", "工资汇总", "工资表", "工资发放表"),
        "dues": ("会费缴纳", "会费缴纳表", "会费台账"),
        "officers": ("任职", "任职情况", "任职表"),
        "resolutions": ("决议", "会议决议", "决议台账"),
        "grants": ("发放清单", "发放明细", "慰问发放清单"),
        "bank": ("银行对账单", "对账单", "银行流水"),
        "assets": ("资产卡片", "固定资产卡片", "固定资产台账"),
        "invoices": ("发票", "发票台账", "票据台账"),
        "hardship": ("困难职工档案", "困难职工", "帮扶档案"),
        "audits": ("审计台账", "审计"),
        "cash_counts": ("现金盘点", "现金盘点表", "库存现金盘点"),
        "contracts": ("合同", "合同台账"),
        "activities": ("活动计划", "年度活动计划"),
        "stock": ("库存收发", "库存物品收发"),
        "publications": ("公开", "公开台账", "经费公开"),
        "employer": ("单位发放", "单位行政发放", "行政发放"),
        "explanations": ("预算执行说明", "预算差异说明", "差异说明"),
    }
)

# register → column → (header, other headers)
REGISTER_HEADERS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "members": MappingProxyType(
            {
                "member_id": (
                    *("会员编号", "会员号", "工号", "职工编号", "职工号", "员工编号", "员工号", "人员编号", "人员编码"),
                    *("会员卡号", "工会会员编号"),
                ),
                "name": ("姓名", "会员姓名", "职工姓名", "员工姓名"),
                "department": ("部门", "科室", "工会小组", "所在部门", "所属部门", "部门名称", "所在科室", "所属科室"),
                "status": ("状态", "会员状态", "在职状态", "人员状态", "会籍状态"),
                "joined": ("入会日期", "入会时间", "加入工会日期", "加入工会时间"),
                "left": ("离会日期", "退会日期", "离会时间"),
                "birth_month": ("出生月份", "生日月份"),
                "dues_base": ("会费基数", "缴费基数"),
            }
        ),
        "payroll": MappingProxyType(
            {
                "month": ("月份", "所属月", "所属月份"),
                "category": ("人员类别", "用工类别", "类别", "用工形式", "人员性质", "职工类别", "身份类别"),
                "headcount": ("人数", "职工人数", "发放人数", "在册人数"),
                "total_wages": ("工资总额", "应发工资合计", "应发工资", "应发合计", "应发金额", "应发数", "应付工资"),
                "dues_base": ("会费基数", "缴费基数"),
            }
        ),
        "dues": MappingProxyType(
            {
                "month": ("月份", "所属月", "所属月份"),
                "member_id": ("会员编号", "会员号", "工号"),
                "paid": ("缴纳金额", "实缴金额", "会费"),
                "paid_on": ("缴纳日期", "缴费日期"),
            }
        ),
        "officers": MappingProxyType(
            {
                "post": ("职务", "岗位"),
                "name": ("姓名",),
                "from": ("任职日期", "任职起", "起始日期"),
                "to": ("离任日期", "任职止", "截止日期"),
            }
        ),
        "resolutions": MappingProxyType(
            {
                "id": ("决议编号", "编号"),
                "date": ("日期", "会议日期"),
                "body": ("会议", "决议机构", "会议名称"),
                "topic": ("议题", "决议事项", "事项"),
                "amount": ("金额", "涉及金额"),
                "present": ("到会人数", "实到人数"),
                "members": ("应到人数", "委员人数"),
                "approved": ("是否通过", "表决结果", "通过"),
            }
        ),
        "grants": MappingProxyType(
            {
                "list": ("清单编号", "发放清单", "清单号"),
                "date": ("发放日期", "日期"),
                "member_id": ("会员编号", "会员号", "工号"),
                "occasion": ("事由", "慰问事由"),
                "amount": ("金额", "发放金额"),
                "form": ("形式", "发放形式"),
                "signed": ("签收", "是否签收", "签字"),
                "event_key": ("事件标识", "事件编号"),
            }
        ),
        "bank": MappingProxyType(
            {
                "account": ("账户", "银行账户", "科目", "科目名称"),
                "date": ("交易日期", "日期", "记账日期"),
                "serial": ("流水号", "交易流水号", "凭证号"),
                "payer_payee": ("对方户名", "对方单位", "对方名称"),
                "summary": ("摘要", "用途", "附言"),
                "debit": ("借方金额", "支出", "支出金额", "借方发生额"),
                "credit": ("贷方金额", "收入", "收入金额", "贷方发生额"),
                "balance": ("余额", "账户余额"),
            }
        ),
        "assets": MappingProxyType(
            {
                "asset_id": ("资产编号", "编号", "卡片编号"),
                "name": ("资产名称", "名称"),
                "category": ("资产类别", "类别"),
                "acquired": ("取得日期", "购置日期"),
                "cost": ("原值", "资产原值"),
                "life_years": ("使用年限", "折旧年限"),
                "keeper": ("保管人", "使用人"),
                "source": ("来源", "取得方式"),
                "last_counted": ("最近盘点日期", "盘点日期"),
                "disposed": ("处置日期", "报废日期"),
            }
        ),
        "invoices": MappingProxyType(
            {
                "invoice": ("发票号", "发票号码"),
                "type": ("发票类型", "票据种类"),
                "date": ("开票日期", "日期"),
                "seller": ("销售方", "销售方名称"),
                "seller_code": ("销售方税号", "销售方纳税人识别号"),
                "buyer": ("购买方", "购买方名称"),
                "amount": ("金额", "价税合计"),
                "item": ("项目名称", "货物或服务名称"),
                "status": ("状态", "发票状态"),
            }
        ),
        "hardship": MappingProxyType(
            {
                "file_id": ("档案编号", "档案号"),
                "member_id": ("会员编号", "会员号", "工号"),
                "category": ("困难类别", "类别"),
                "opened": ("建档日期",),
                "closed": ("销档日期", "脱困日期"),
            }
        ),
        "audits": MappingProxyType(
            {
                "id": ("审计编号", "编号"),
                "kind": ("审计类型", "类型"),
                "period_from": ("期间起", "审计期间起"),
                "period_to": ("期间止", "审计期间止"),
                "subject": ("审计对象", "对象"),
                "reported_on": ("报告日期",),
                "findings": ("发现问题", "问题"),
                "rectified_on": ("整改完成日期", "整改日期"),
            }
        ),
        "cash_counts": MappingProxyType(
            {
                "date": ("盘点日期", "日期"),
                "account": ("科目", "账户", "科目名称"),
                "counted": ("实盘金额", "盘点金额"),
                "keeper": ("出纳", "保管人"),
                "witness": ("监盘人",),
            }
        ),
        "contracts": MappingProxyType(
            {
                "contract": ("合同编号", "合同号", "编号"),
                "signed": ("签订日期",),
                "party": ("对方单位", "合同相对方"),
                "topic": ("合同内容", "内容", "标的"),
                "amount": ("合同金额", "金额"),
                "from": ("起始日期", "履行期起"),
                "to": ("终止日期", "截止日期", "履行期止"),
            }
        ),
        "activities": MappingProxyType(
            {
                "activity": ("活动名称", "活动"),
                "type": ("活动类型", "类型"),
                "month": ("计划月份", "月份"),
                "account": ("科目", "列支科目", "科目名称"),
                "budget": ("预算金额", "预算"),
                "participants": ("参与人数", "计划人数"),
            }
        ),
        "stock": MappingProxyType(
            {
                "date": ("日期", "收发日期"),
                "item": ("物品名称", "物品", "品名"),
                "quantity": ("数量",),
                "unit_cost": ("单价",),
                "receiver": ("领用人", "经手人"),
                "voucher": ("凭证字号", "凭证号"),
            }
        ),
        "publications": MappingProxyType(
            {
                "date": ("公开日期", "日期"),
                "kind": ("公开内容", "内容"),
                "audience": ("公开范围", "范围", "对象"),
                "how": ("公开方式", "方式"),
            }
        ),
        "employer": MappingProxyType(
            {
                "date": ("发放日期", "日期"),
                "member_id": ("会员编号", "会员号", "工号", "职工编号"),
                "occasion": ("事由",),
                "amount": ("金额", "发放金额"),
            }
        ),
        "explanations": MappingProxyType(
            {
                "year": ("年度", "预算年度", "会计年度"),
                "account": ("科目", "科目名称"),
                "project": ("项目", "项目名称"),
                "explanation": ("说明", "差异说明", "执行情况说明"),
                "by": ("填写人", "说明人"),
                "on": ("填写日期", "日期"),
            }
        ),
    }
)

# Columns without which a row of a register says nothing; all others may be missing or empty.
REGISTER_REQUIRED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "members": ("member_id", "name"),
        "payroll": ("month", "total_wages"),
        "dues": ("month", "member_id", "paid"),
        "officers": ("post", "name", "from"),
        "resolutions": ("id", "date"),
        "grants": ("list", "member_id", "amount"),
        "bank": ("account", "date"),
        "assets": ("asset_id", "name", "cost"),
        "invoices": ("invoice", "date", "amount"),
        "hardship": ("file_id", "member_id"),
        "audits": ("id", "kind"),
        "cash_counts": ("date", "account", "counted"),
        "contracts": ("contract",),
        "activities": ("activity",),
        "stock": ("date", "item", "quantity"),
        "publications": ("date", "kind"),
        "employer": ("date", "member_id", "amount"),
        "explanations": ("year", "account", "explanation"),
    }
)
