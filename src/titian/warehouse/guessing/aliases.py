"""Aliases: what people call the canonical columns, in Chinese and English, the best name first."""

from __future__ import annotations

from titian.warehouse.wording import normalised

Tiers = tuple[tuple[str, ...], ...]
"""Names of falling preference: where a file has two, the one of the earlier tier is meant."""

CUSTOMER_ID: Tiers = (
    (
        "客户编号 客户id 客户号 客户代码 客户 用户id 用户编号 用户号 用户 会员id 会员号 会员编号 会员卡号 会员",
        "顾客id 顾客编号 买家id 买家编号",
        "customer_id customerid cust_id custid customer_no customer_number customer_code customer customer_key",
        "user_id userid uid user member_id memberid member_no member client_id client buyer_id buyer shopper_id",
        "customer_unique_id account_id accountid account household_key visitor_id anonymous_id openid unionid",
        "external_userid",
    ),
    (
        "买家会员名 买家昵称 买家账号 买家用户名 会员名 会员名称 会员昵称 用户名 用户昵称 昵称 旺旺 买家旺旺",
        "旺旺id 买家 客户名称 客户名 买家支付宝账号",
        "username user_name nickname nick buyer_nick login customer_name client_name buyer_name",
    ),
    (
        "手机号 手机 手机号码 电话 电话号码 联系电话 联系手机 收货人手机 收件人手机 收货人手机号 买家手机 客户手机",
        "客户电话 会员手机号",
        "phone phone_number mobile mobile_phone tel telephone cellphone contact_phone customer_phone",
        "邮箱 电子邮箱 email e_mail email_address customer_email mail",
    ),
)

CHANNEL: Tiers = (
    (
        "渠道 来源渠道 订单来源 来源 销售渠道 渠道名称 下单渠道 注册来源 获客渠道 推广渠道",
        "channel source sales_channel order_source acquisition_channel marketing_channel utm_source traffic_source",
    ),
    ("平台 下单平台 platform device 终端",),
)

STORE: Tiers = (
    (
        "店铺 店铺名称 店铺id 店铺编号 门店 门店编号 门店名称 门店id 商店 商家 卖家昵称",
        "store_id store shop_id shop store_name shop_name store_code outlet branch seller_id",
    ),
)

PRODUCT_ID: Tiers = (
    (
        "商品编号 商品id 商品编码 商家编码 产品编号 产品id 产品编码 货号 款号 sku编码 sku编号 skuid 条码 商品条码",
        "宝贝id",
        "product_id productid sku sku_id stockcode stock_code item_code product_code product_no article_id asin",
        "upc ean",
    ),
    ("item_id itemid item article",),
)

PAYMENT_TIMES = (
    "付款时间 订单付款时间 支付时间 买家付款时间 订单支付时间 付款日期 支付日期 付款完成时间 支付完成时间",
    "paid_at payment_time payment_date pay_time paid_time paidat paytime order_paid_at payment_at",
)

ORDERS: dict[str, Tiers] = {
    "order_id": (
        (
            "订单编号 订单号 订单id 主订单编号 主订单号 交易单号 交易编号 交易号 单号 订单 流水号 小票号 票号",
            "订单流水号",
            "order_id orderid order_no order_number orderno order invoice_no invoiceno invoice invoice_id",
            "invoice_number",
            "transaction_id transactionid trans_id basket_id basketid receipt receipt_no ticket bill_no trade_no",
        ),
        ("子订单编号 支付单号 外部订单号 reference ref",),
    ),
    "customer_id": CUSTOMER_ID,
    "ordered_at": (
        (
            "下单时间 订单创建时间 创建时间 订单时间 下单日期 订单日期 订单提交时间 拍下时间 交易时间 交易日期",
            "成交时间 成交日期",
            "购买时间 购买日期 消费时间 消费日期 销售日期 销售时间 开单时间 开票日期 订单生成时间 交易创建时间",
            "ordered_at order_date orderdate order_time order_datetime order_timestamp order_purchase_timestamp",
            "invoicedate",
            "invoice_date purchase_date purchased_at purchase_time transaction_date trans_date transaction_time",
            "sale_date",
            "sales_date created_at order_created_at create_time creation_date",
        ),
        PAYMENT_TIMES,
        ("时间 日期 date datetime time timestamp dt day ts", "created createdat 交易完成时间 完成时间"),
    ),
    "paid_at": (PAYMENT_TIMES,),
    "amount": (
        (
            "实付金额 买家实际支付金额 实际支付金额 实付款 实付 实收金额 实收款 实收 支付金额 付款金额 实际付款",
            "实际付款金额",
            "买家实付金额 订单实付金额 实际金额 成交金额 订单支付金额 买家实付 净额",
            "paid_amount amount_paid net_amount payment_value payment_amount actual_amount total_paid",
            "amount_received",
        ),
        (
            "金额 订单金额 总金额 订单总金额 订单总额 总额 总价 合计 合计金额 消费金额 交易金额 销售额 销售金额",
            "应付金额 应付款",
            "买家应付货款 买家应付金额 订单应付金额 购买金额 营业额",
            "amount order_amount total total_amount order_total total_price order_value sales revenue sales_amount",
            "gmv",
            "dollar_value dollars monetary_value grand_total net_sales spend spending purchase_amount",
            "transaction_amount",
            "invoice_total subtotal total_sales sales_value trans_amount value",
        ),
        ("price 价格 钱 money 费用", "订单金额含运费"),
    ),
    "refunded_amount": (
        (
            "退款金额 已退款金额 退款 退款总额 退货金额 售后退款金额 退款成功金额",
            "refund_amount refunded_amount amount_refunded refund refunded total_refund return_amount",
        ),
    ),
    "refunded_at": (
        ("退款时间 退款日期 退款成功时间 退货时间 退款完成时间", "refunded_at refund_date refund_time return_date"),
    ),
    "status": (
        (
            "订单状态 状态 交易状态 订单交易状态 支付状态 付款状态",
            "status order_status orderstatus financial_status payment_status state transaction_status",
        ),
    ),
    "store_id": STORE,
    "channel": CHANNEL,
    "cost": (("成本 成本价 商品成本 订单成本 进货价", "cost cogs cost_amount total_cost product_cost"),),
    "discount": (
        (
            "优惠金额 折扣金额 折扣 优惠 优惠券金额 满减金额 促销优惠 优惠总额 订单优惠",
            "discount discount_amount total_discount coupon_amount retail_disc",
        ),
    ),
}

ITEMS: dict[str, Tiers] = {
    "product_id": PRODUCT_ID,
    "product": (
        (
            "商品名称 商品 产品名称 产品 商品标题 宝贝标题 宝贝名称 品名 货品名称 标题",
            "product product_name description item_name item_description product_title title",
        ),
    ),
    "category": (
        (
            "品类 类目 分类 商品类目 商品分类 类别 一级类目 产品类别 商品类型",
            "category product_category category_name category_code department",
        ),
    ),
    "brand": (("品牌 商品品牌 品牌名称", "brand brand_name manufacturer"),),
    "quantity": (
        (
            "数量 购买数量 商品数量 件数 销售数量 宝贝数量 宝贝总数量 商品总数 购买件数 销量",
            "quantity qty units count number_of_items num_items order_item_quantity order_quantity item_count",
        ),
    ),
    "unit_price": (
        (
            "单价 商品单价 商品价格 销售单价 售价 成交单价 宝贝单价",
            "unit_price unitprice price_per_unit item_price list_price selling_price unit_cost",
        ),
        ("price 价格",),
    ),
}

CUSTOMERS: dict[str, Tiers] = {
    "customer_id": CUSTOMER_ID,
    "name": (
        (
            "姓名 客户姓名 真实姓名 客户名称 会员姓名 名字 收货人 收货人姓名",
            "name full_name fullname customer_name real_name first_name last_name",
        ),
    ),
    "first_seen_at": (
        (
            "首次出现 首次访问时间 首次来访 首次购买时间 首单时间",
            "first_seen_at first_seen first_visit first_order_date",
        ),
    ),
    "registered_at": (
        (
            "注册时间 注册日期 入会时间 入会日期 开卡时间 开卡日期 成为会员时间 加入时间 关注时间",
            "registered_at registration_date register_time registered signup_date sign_up_date signup_at joined_at",
            "join_date",
            "member_since enrollment_date became_member_on",
        ),
        ("created_at 创建时间 create_time date_created",),
    ),
    "store_id": STORE,
    "channel": CHANNEL,
    "gender": (("性别", "gender sex"),),
    "birth_date": (("生日 出生日期 出生年月", "birth_date birthday birthdate date_of_birth dob"),),
    "city": (("城市 所在城市 市", "city town customer_city"),),
    "province": (("省份 省 所在省份 所属省份 地区 省市", "province state region customer_state"),),
    "country": (("国家 国家地区", "country nation country_code"),),
    "profession": (("职业 行业 工作", "profession occupation job job_title"),),
    "email": (("邮箱 电子邮箱 电子邮件", "email e_mail email_address mail"),),
    "phone": (("手机号 手机 手机号码 电话 联系电话 电话号码", "phone phone_number mobile mobile_phone tel telephone"),),
}

EVENTS: dict[str, Tiers] = {
    "event_id": (("行为编号 事件编号 事件id 日志id", "event_id eventid log_id message_id hit_id"),),
    "customer_id": CUSTOMER_ID,
    "event": (
        (
            "行为 行为名称 行为类型 事件 事件名称 事件类型 操作 动作",
            "event event_name eventname event_type behavior behavior_type action activity",
        ),
        ("类型 type page 页面",),
    ),
    "occurred_at": (
        (
            "发生时间 行为时间 事件时间 操作时间 访问时间 浏览时间 记录时间 触发时间",
            "occurred_at event_time event_timestamp event_date timestamp ts time datetime action_time visit_time",
            "log_time",
        ),
        ("时间 日期 date created_at server_time client_time 创建时间",),
    ),
    "session_id": (("会话 会话id 会话编号", "session_id session sessionid user_session visit_id"),),
    "channel": CHANNEL,
    "duration_s": (
        (
            "时长 停留时长 持续时间 访问时长 观看时长 停留时间",
            "duration duration_s duration_seconds dwell_time time_spent watch_time",
        ),
    ),
    "product_id": PRODUCT_ID,
    "value": (("数值 值 分值 金额", "value amount event_value price points score"),),
    "city": (("城市 所在城市", "city"),),
    "properties": (
        ("属性 扩展属性 事件属性 参数", "properties event_properties props params attributes extra event_params"),
    ),
}

ORDER_ITEMS: dict[str, Tiers] = {
    "item_id": (("明细编号 明细id 子订单编号 子订单号 行号", "item_id order_item_id line_id line_no line_item_id"),),
    "order_id": ORDERS["order_id"],
    **ITEMS,
}

CUSTOMER_CHANGES: dict[str, Tiers] = {
    "change_id": (("变更编号 变更id", "change_id"),),
    "customer_id": CUSTOMER_ID,
    "attribute": (("属性 属性名 字段 变更字段", "attribute field property"),),
    "value": (("新值 变更后 属性值", "value new_value to_value"),),
    "changed_at": (("变更时间 修改时间 变更日期", "changed_at change_time valid_from changed_on"),),
}

LINKS: dict[str, Tiers] = {
    "link_id": (("关系编号 关系id", "link_id edge_id"),),
    "from_id": (("发起人 关注者 粉丝 来源用户 互动人", "from_id from source_id source follower_id follower src"),),
    "to_id": (("对象 被关注者 目标用户 被互动人", "to_id to target_id target followee_id followee dst"),),
    "kind": (("关系类型 关系 互动类型", "kind link_type relation edge_type type"),),
    "linked_at": (
        ("关注时间 互动时间 建立时间 发生时间", "linked_at link_time followed_at created_at timestamp time"),
    ),
    "weight": (("权重 强度", "weight strength"),),
}

INVITES: dict[str, Tiers] = {
    "invite_id": (("邀请编号 邀请id", "invite_id invitation_id referral_id"),),
    "inviter_id": (("邀请人 邀请人id 推荐人 推荐人id", "inviter_id inviter referrer_id referrer"),),
    "invitee_id": (("被邀请人 被邀请人id 被推荐人 被推荐人id", "invitee_id invitee referee_id referee"),),
    "invited_at": (("邀请时间 邀请日期 推荐时间", "invited_at invite_time referred_at"),),
    "joined_at": (("加入时间 注册时间 成功时间", "joined_at join_time accepted_at"),),
    "channel": CHANNEL,
}

COSTS: dict[str, Tiers] = {
    "cost_id": (("成本编号 费用编号", "cost_id"),),
    "day": (("日期 投放日期 费用日期", "day cost_date date"),),
    "channel": CHANNEL,
    "kind": (("用途 费用类型 成本类型", "kind cost_type purpose"),),
    "amount": (("花费 消耗 费用 成本 投放金额 广告费", "cost cost_amount ad_spend ad_cost expense"),),
}

ANSWERS: dict[str, Tiers] = {
    "answer_id": (("回答编号 答卷编号 答卷id", "answer_id response_id submission_id"),),
    "survey_id": (("问卷编号 问卷id 问卷", "survey_id survey questionnaire_id"),),
    "customer_id": CUSTOMER_ID,
    "answered_at": (
        ("回答时间 答题时间 提交时间 评价时间", "answered_at answer_time responded_at response_date reviewed_at"),
    ),
    "score": (("评分 打分 得分 满意度 星级", "score rating stars nps csat satisfaction"),),
    "text": (("评价内容 评价 意见 反馈 原话", "text comment feedback review verbatim"),),
    "moment": (("评价环节 环节 触点", "moment touchpoint survey_moment"),),
}

IDENTITIES: dict[str, Tiers] = {
    "identity_id": (("身份编号 身份id", "identity_id"),),
    "source": (("来源系统 身份来源 系统 来源平台", "source source_system system identity_source id_type"),),
    "source_id": (
        ("来源编号 来源id 外部编号 外部id 身份标识", "source_id external_id foreign_id identity_value original_id"),
    ),
    "customer_id": CUSTOMER_ID,
}

BY_TABLE: dict[str, dict[str, Tiers]] = {
    "orders": ORDERS | ITEMS,
    "customers": CUSTOMERS,
    "events": EVENTS,
    "order_items": ORDER_ITEMS,
    "customer_changes": CUSTOMER_CHANGES,
    "links": LINKS,
    "invites": INVITES,
    "costs": COSTS,
    "answers": ANSWERS,
    "identities": IDENTITIES,
}

OTHERS = (
    "收货地址 地址 详细地址 收件地址 收货人地址 买家留言 备注 卖家备注 运费 邮费 物流单号 运单号 物流公司 支付方式",
    "付款方式 发票抬头 重量",
    "序号 行号 address street shipping_address postcode zip zip_code zipcode notes note remark comment shipping",
    "freight tax",
    "payment_method payment_type currency country region city state province platform language gender age",
)
"""Names that are known to be none of the columns that a guess would look for by values."""

_TIER_SCORES = (0.98, 0.92, 0.8)

_EXACT: dict[tuple[str, str], dict[str, float]] = {
    (table, column): {
        normalised(name): _TIER_SCORES[tier]
        for tier in reversed(range(len(tiers)))
        for line in tiers[tier]
        for name in line.split()
    }
    for table, columns in BY_TABLE.items()
    for column, tiers in columns.items()
}
_KNOWN = frozenset(name for names in _EXACT.values() for name in names) | frozenset(
    normalised(name) for line in OTHERS for name in line.split()
)


def exact(table: str, column: str, name: str) -> float:
    """How surely `name` is a name of that canonical column: 0 when it is none."""
    canonical = 1.0 if normalised(name) == normalised(column) else 0.0
    return canonical or _EXACT[table, column].get(normalised(name), 0.0)


def partly(table: str, column: str, name: str) -> float:
    """The same for a name that only holds one of the known names; 0 for names that are known as something else."""
    given = normalised(name)
    if given in _KNOWN:
        return 0.0
    return max(
        (score * 0.7 for known, score in _EXACT[table, column].items() if _long(known) and known in given), default=0.0
    )


def _long(name: str) -> bool:
    return len(name) >= (5 if name.isascii() else 2)


def known(name: str) -> bool:
    """True when `name` is a name of any canonical column."""
    return normalised(name) in _KNOWN
