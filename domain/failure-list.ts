// Every way a request or a row of content can be refused: its stable code, its status, its words in both languages.

/**
 * These strings are part of the HTTP contract: add, never rename. `{name}` is filled from the failure's params, in the
 * reader's words (failure-words.ts); `[…{name}…]` is left out where the name is not given. `title` is the code's own
 * name, the same in every case (RFC 9457): where the words are filled in, it stands beside them.
 */
export const FAILURES = {
  // envelope
  MALFORMED: { status: 400, zh: '请求格式不正确', en: 'The request is malformed' },
  UNAUTHENTICATED: { status: 401, zh: '请先登录', en: 'Sign in first' },
  CSRF: {
    status: 403,
    zh: '请求未带本次登录的防伪令牌（X-CSRF），请刷新页面后重试',
    en: 'The request lacks the CSRF token of this session (X-CSRF); reload the page and try again',
  },
  FORBIDDEN: { status: 403, zh: '您无权进行此操作', en: 'You may not do this' },
  NOT_FOUND: { status: 404, zh: '未找到', en: 'Not found' },
  TOO_LARGE: {
    status: 413,
    title: { zh: '内容过大', en: 'The content is too large' },
    zh: '内容过大[，最大 {max}]',
    en: 'The content is too large[; at most {max}]',
  },
  HEAD_TOO_LARGE: {
    status: 431,
    zh: '请求的地址或标头过长（合计最大 16 KB），请减少筛选条件',
    en: 'The address or the headers of the request are too long (16 KB in all); ask for less at once',
  },
  TOO_SLOW_TO_COME: {
    status: 408,
    zh: '请求没有在时限内传完，请检查网络后重试',
    en: 'The request did not arrive in time; check the network and try again',
  },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, zh: '不支持的内容类型', en: 'Unsupported kind of content' },
  TOO_MANY_REQUESTS: {
    status: 429,
    title: { zh: '请求过于频繁，请稍后再试', en: 'Too many requests; try again later' },
    zh: '请求过于频繁，请稍后再试[（{seconds} 秒后）]',
    en: 'Too many requests; try again later[, in {seconds} s]',
  },
  PRECONDITION_FAILED: {
    status: 412,
    zh: '任务已有新的变动，请刷新后重试',
    en: 'The assignment has moved on; look again and retry',
  },
  INTERNAL: { status: 500, zh: '系统内部错误', en: 'Internal error' },
  UNAVAILABLE: {
    status: 503,
    zh: '数据库暂不可用，请稍后再试',
    en: 'The database is away; try again shortly',
  },
  DOOR_FULL: {
    status: 503,
    zh: '等待办理的请求过多，请稍后再试',
    en: 'Too many requests are waiting already; try again shortly',
  },
  STOPPING: {
    status: 503,
    zh: '服务正在停止或重启，请稍后再试',
    en: 'The service is stopping or restarting; try again shortly',
  },
  CONTENDED: {
    status: 503,
    zh: '此处正在办理其他操作，请稍后再试',
    en: 'Other work is being done here; try again shortly',
  },
  TOO_SLOW: {
    status: 503,
    zh: '办理超时，请稍后再试',
    en: 'This took too long; try again shortly',
  },
  DISK_FULL: {
    status: 503,
    zh: '数据库磁盘已满，目前只能查看；请通知系统管理员，清出空间后重试',
    en: 'The database’s disk is full and nothing can be written; tell the administrator, and try again when there is room',
  },
  THREADS_FULL: {
    status: 503,
    title: {
      zh: '正在读取或生成的表格和文档已满',
      en: 'As many workbooks and documents are being read or made as this system can',
    },
    zh: '正在读取或生成的表格和文档已满，请稍后再试[（{seconds} 秒后）]',
    en: 'As many workbooks and documents are being read or made as this system can; try again later[, in {seconds} s]',
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    zh: '同一 Idempotency-Key 已用于另一请求',
    en: 'This Idempotency-Key was used for another request',
  },

  // files
  FILE_STORE_AWAY: {
    status: 503,
    zh: '附件存储暂不可用，请稍后再试',
    en: 'The file store is away; try again shortly',
  },

  // outliers
  TOO_MANY_REPORTS: {
    status: 422,
    title: { zh: '报送过多，请到下级任务分别查看', en: 'Too many reports to look at together' },
    zh: '报送超过 {max} 份，请到下级任务分别查看',
    en: 'More than {max} reports; look at the assignments below one by one',
  },

  // one-time links
  LINK_UNKNOWN: {
    status: 404,
    zh: '链接无效，请从消息中完整打开，或登录系统办理',
    en: 'This is no valid link; open it whole from the message, or sign in',
  },
  LINK_EXPIRED: {
    status: 410,
    zh: '链接已过期，请登录系统办理',
    en: 'The link has expired; sign in instead',
  },
  LINK_USED: {
    status: 410,
    zh: '链接已用过，签收已记录',
    en: 'The link has been used; the receipt is recorded',
  },
  LINK_NOT_YOURS: {
    status: 403,
    zh: '收到此链接的人已不在该任务的岗位上，链接失效',
    en: 'The person this link was sent to no longer holds the post; the link is void',
  },

  // single sign-on
  SIGN_IN_UNKNOWN: {
    status: 403,
    title: {
      zh: '统一登录的账号在本系统没有对应的人员',
      en: 'No person here has the name of that account',
    },
    zh: '统一登录的账号“{value}”在本系统没有对应的人员；请联系系统管理员登记，或用密码登录',
    en: 'No person here has {value} as login or id; ask an administrator to enter you, or sign in with a password',
  },
  SIGN_IN_AMBIGUOUS: {
    status: 403,
    title: {
      zh: '统一登录的账号对应不止一人',
      en: 'More than one person goes by the name of that account',
    },
    zh: '统一登录的账号“{value}”是一人的登录名、又是另一人的编号；请系统管理员改其中一个，或用密码登录',
    en: 'The account “{value}” is one person’s login and another’s id; have an administrator change one of them, or sign in with a password',
  },
  SIGN_IN_OUTDATED: {
    status: 403,
    zh: '本次登录已过期或不是在此浏览器中开始的；请重新登录',
    en: 'This sign-in has expired or was not begun in this browser; sign in again',
  },
  SIGN_IN_REFUSED: {
    status: 403,
    zh: '统一登录没有确认您的身份；请重新登录，或用密码登录',
    en: 'The provider did not vouch for you; sign in again, or with a password',
  },
  SIGN_IN_AWAY: {
    status: 503,
    zh: '统一登录暂时没有响应；请稍后再试，或用密码登录',
    en: 'The sign-in provider does not answer; try again shortly, or sign in with a password',
  },

  // endpoints
  SECRET_LOCKED: {
    status: 409,
    zh: '地址和密钥已加密，本机没有解开它们的钥匙：请系统管理员恢复钥匙文件，或重新填写此端点的地址和密钥',
    en: 'Address and secret are sealed and their key is not here: bring the key file back, or give the endpoint’s address and secret anew',
  },

  // workbooks
  WORKBOOK_UNKNOWN: {
    status: 422,
    zh: '这不是本系统导出的填报表，请下载任务的填报表填写',
    en: 'This is no workbook of this system; download the one of the assignment and fill that in',
  },
  WORKBOOK_OF_ANOTHER: {
    status: 422,
    title: { zh: '这是另一任务的填报表', en: 'This workbook belongs to another assignment' },
    zh: '这是另一任务的填报表：{value}，请下载本任务的填报表填写',
    en: 'This workbook belongs to another assignment: {value}; download the one of this assignment',
  },
  WORKBOOK_OF_ANOTHER_FORM: {
    status: 422,
    zh: '填报表与现行表单不一致，请重新下载后填写',
    en: 'The workbook was made for another form; download it again and fill that in',
  },
  WORKBOOK_OUTDATED: {
    status: 422,
    zh: '填报表下载之后已有新的报送，请重新下载后填写',
    en: 'A report has come in since the workbook was downloaded; download it again and fill that in',
  },
  WORKBOOK_CHANGED: {
    status: 422,
    title: { zh: '工作表的版式被改动', en: 'The layout of a sheet has been changed' },
    zh: '工作表“{sheet}”的版式被改动（{cell} 处），行列不可增删移动，请重新下载后填写',
    en: 'The layout of the sheet “{sheet}” has been changed (at {cell}): nothing may be moved, put in or taken out; download it again',
  },
  CELL_FORMULA: {
    status: 422,
    zh: '单元格是公式，没有存下结果：请在表格软件（Excel、WPS）中打开并保存后再传，或“粘贴为数值”',
    en: 'The cell holds a formula without a stored result: open the file in a spreadsheet program, save it and upload that, or paste the cell as a value',
  },
  CELL_PICTURE: {
    status: 422,
    zh: '图片、文本框和批注不随填报表报送；文件请在系统中上传，文字请写入填写格',
    en: 'Pictures, text boxes and comments are not handed in with a workbook; upload files in the system, write words into the input cells',
  },
  CELL_NOT_TEXT: {
    status: 422,
    title: { zh: '此处应填文本', en: 'Text is expected' },
    zh: '此处应填文本，表格软件已把填写内容变成日期、时间或百分比（现为 {value}）；请把单元格格式设为“文本”后重新填写',
    en: 'Text is expected; the spreadsheet has made a date, a time or a percentage of what was typed (now {value}); format the cell as text and type it again',
  },
  CELL_DIGITS_LOST: {
    status: 422,
    title: { zh: '数字过长，末位会被改动', en: 'A number too long to keep its last digits' },
    zh: '超过 15 位的数字会被表格软件改动末位（现为 {value}）；请把单元格格式设为“文本”后重新填写',
    en: 'A spreadsheet changes the last digits of a number of more than 15 (now {value}); format the cell as text and type it again',
  },
  CELL_MERGED: {
    status: 422,
    zh: '单元格合并了几个填写格，分不清各是多少；请取消合并，逐格填写',
    en: 'Several input cells are merged and it cannot be told what is said in each; unmerge them and fill in each',
  },
  CELL_NOT_HANDED_IN: {
    status: 422,
    title: { zh: '此处的内容不会报送', en: 'This is not handed in' },
    zh: '此处的内容不会报送：{value}；要报送的话请写在“附言”一栏',
    en: 'This is not handed in: {value}; write what is to be said into the note',
  },
  TOTAL_ROW: {
    status: 422,
    title: { zh: '合计行不作为一条报送', en: 'A row of totals is not handed in as an entry' },
    zh: '合计行不作为一条报送（{value}）；合计由系统计算',
    en: 'A row of totals is not handed in as an entry ({value}); totals are worked out by the system',
  },
  TOTAL_ROW_KEPT: {
    status: 422,
    title: { zh: '有一行像是合计行', en: 'A row that looks like a row of totals' },
    zh: '这一行像是合计行（{value}），已作为一条报送；如是合计请删去',
    en: 'This looks like a row of totals ({value}) and is taken as an entry; delete it if it is one',
  },
  ROWS_WITHOUT_UNIT: {
    status: 422,
    title: { zh: '有的行没有写明单位', en: 'Rows that name no unit we know' },
    zh: '此行没有写明单位，可能属于“{value}”，该单位暂不收；请在每行写明单位',
    en: 'This row names no unit we know and may belong to {value}, which is held back; name the unit in each row',
  },
  NOTHING_WRITTEN: {
    status: 422,
    title: { zh: '填写内容无法识别', en: 'Nothing to take in what was written' },
    zh: '“{value}”不能作为填写内容；没有请留空，数量为零请填 0',
    en: 'Nothing to take in “{value}”; leave the cell empty where there is nothing, and write 0 for none',
  },
  PERCENT_WITHOUT_SIGN: {
    status: 422,
    title: { zh: '百分数应在 0% 至 100% 之间', en: 'A percentage is between 0% and 100%' },
    zh: '应在 0% 至 100% 之间，{value} 请写 {value}%',
    en: 'Between 0% and 100%; for {value} write {value}%',
  },
  PERCENT_UNCLEAR: {
    status: 422,
    title: { zh: '百分数的写法不明确', en: 'A percentage that can be read in two ways' },
    zh: '可以是 {value}%，也可以是 100%；请写明百分号',
    en: 'It can be {value}% or 100%; write the per cent sign',
  },
  MORE_PROBLEMS: {
    status: 422,
    title: { zh: '问题过多，其余未列出', en: 'More problems than are listed' },
    zh: '问题超过 {max} 处，其余未列出；请先改正已列出的再传一次',
    en: 'There are more than {max} problems, the others are not listed; mend these and send it again',
  },
  CELL_ERROR: {
    status: 422,
    title: { zh: '单元格是错误值', en: 'The cell holds an error' },
    zh: '单元格是错误值 {value}：请改正公式，或直接填写',
    en: 'The cell holds the error {value}: mend its formula, or write the value itself',
  },
  CELL_OUTSIDE: {
    status: 422,
    zh: '此处不是填写的地方，请清除',
    en: 'Nothing is asked here; clear the cell',
  },
  NOT_A_NUMBER: { status: 422, zh: '应填数字，如 1234.5', en: 'A number is expected, such as 1234.5' },
  NOT_AN_INTEGER: { status: 422, zh: '应填整数', en: 'A whole number is expected' },
  NOT_A_DATE: {
    status: 422,
    zh: '应填日期，如 2023-09-01',
    en: 'A date is expected, such as 2023-09-01',
  },
  NOT_YES_OR_NO: { status: 422, zh: '应填“是”或“否”', en: 'Yes or No is expected' },
  TOO_LONG_FOR_A_CELL: {
    status: 409,
    title: { zh: '已报内容过长，单元格放不下', en: 'What has been reported is too long for a cell' },
    zh: '已报内容过长，单元格放不下，请在系统中填报：{value}',
    en: 'What has been reported is too long for a cell; report in the system itself: {value}',
  },
  REPORTED_BELOW: {
    status: 409,
    zh: '该任务已交下级填报',
    en: 'This assignment has been handed on; those below report',
  },
  NO_FORM: {
    status: 409,
    zh: '该事项没有表单，报送为说明和附件',
    en: 'This item has no form; its report is a note and files',
  },

  // state
  DUPLICATE: {
    status: 409,
    title: { zh: '编号已被使用', en: 'Already used' },
    zh: '编号已被使用：{value}',
    en: 'Already used: {value}',
  },
  LAST_ADMINISTRATOR: {
    status: 409,
    zh: '此后将再无系统管理员：请先指定另一位，再作此变更；已无人可用时，可在服务器上恢复（见运维手册“找回管理员”）',
    en: 'This would leave the installation without an administrator: name another first; should there be none left, run npm run admin on the machine itself',
  },
  ALREADY_ACKNOWLEDGED: { status: 409, zh: '已签收', en: 'Already acknowledged' },
  ALREADY_SUBMITTED: {
    status: 409,
    zh: '已报送，正待审核。需要修改的，审核前可先撤回再重报；也可请交办单位退回',
    en: 'Already submitted, waiting for review. To change it, withdraw it while it waits and report again, or ask the issuer to return it',
  },
  ALREADY_SETTLED: { status: 409, zh: '任务已办结', en: 'Already settled' },
  CORRECTION_NEEDS_NOTE: {
    status: 409,
    zh: '已审核通过。需要更正的，请写明附言后再报',
    en: 'Approved already. To correct it, report again with a note',
  },
  CORRECTED_BY_UNIT: {
    status: 409,
    zh: '该单位的报送已审核通过，须由该单位自己更正；审核有误的，可收回审核后退回',
    en: 'What the unit has reported is approved: the unit corrects it itself; an approval given by mistake can be taken back and the report returned',
  },
  NOT_SETTLED: {
    status: 409,
    zh: '任务尚未办结，无须重新开启；待审的报送请审核或退回',
    en: 'Not settled, so there is nothing to open again; review or return what waits',
  },
  DESK_NOT_REOPENED: {
    status: 409,
    zh: '该任务已连同下级一并撤销，不能重新开启；仍需办理的，请办公室复制交办件，另行交办',
    en: 'Cancelled with everything below it, it cannot be opened again; where it is still needed, the office issues a copy of the directive to it',
  },
  SETTLED_ABOVE: {
    status: 409,
    zh: '上级任务已撤销或办结，下级不能重新开启',
    en: 'The level above is cancelled or over; nothing below it can be opened again',
  },
  SENT_UP: {
    status: 409,
    zh: '上级的汇总已上报；请先撤回该汇总或由其上级退回，已通过的也可由承办单位更正',
    en: 'The report of the level above has gone up with it; have that taken back or returned first, or correct what was approved',
  },
  HANDED_UP: {
    status: 409,
    zh: '数据已报送上级机关，不能收回审核；请由承办单位更正',
    en: 'The figures have been handed up to the superior; the approval stands, the holder may correct the report',
  },
  NOT_SUBMITTED: { status: 409, zh: '尚未报送', en: 'Not submitted' },
  NOT_A_DESK: { status: 409, zh: '该任务没有下级任务', en: 'This assignment has handed nothing out' },
  NOTHING_REPORTED: { status: 409, zh: '下级尚无报送，无可汇总', en: 'Nothing has been reported below' },
  SUSPENDED: {
    status: 409,
    title: { zh: '任务已挂起', en: 'Suspended' },
    zh: '任务已挂起[，至 {until}]',
    en: 'Suspended[ until {until}]',
  },
  EXTENSION_PENDING: {
    status: 409,
    title: { zh: '已有待批的延期申请', en: 'An extension request is pending' },
    zh: '已有待批的延期申请[（申请延至 {dueAt}）]',
    en: 'An extension request is pending[ (until {dueAt})]',
  },
  NO_EXTENSION_PENDING: { status: 409, zh: '没有待批的延期申请', en: 'No extension request is pending' },
  NOT_SUSPENDED: { status: 409, zh: '任务未挂起', en: 'Not suspended' },
  SUSPENDED_ABOVE: {
    status: 409,
    zh: '由上级任务挂起，须由上级恢复',
    en: 'Suspended by a level above; it is resumed there',
  },
  TRANSFER_PENDING: { status: 409, zh: '已有待答复的转办', en: 'A transfer is waiting for its answer' },
  NO_TRANSFER_PENDING: { status: 409, zh: '没有待答复的转办', en: 'No transfer is waiting for an answer' },
  DECLINE_PENDING: {
    status: 409,
    zh: '已提出不属本单位职责，正待答复',
    en: 'Declined already, waiting for the decision',
  },
  NO_DECLINE_PENDING: { status: 409, zh: '没有待答复的退办', en: 'Nothing has been declined' },
  NOTHING_TO_SIGN: { status: 409, zh: '没有待签发的报送', en: 'No report waits for a signature' },
  ALREADY_SHARED: {
    status: 409,
    title: { zh: '该单位已可查看', en: 'Already seen by them' },
    zh: '{value} 已可查看',
    en: 'Already seen by {value}',
  },
  RUNG_TAKEN: {
    status: 409,
    title: { zh: '该级已经提过', en: 'This rung has been taken' },
    zh: '第 {value} 级已经提过，每级只提一次；下一个可提的是第 {next} 级（从 0 数起）',
    en: 'Rung {value} has been taken, and each is taken once; the next above is {next}, counted from 0',
  },
  RUNGS_ALL_TAKEN: {
    status: 409,
    zh: '各级都已提过，没有更高一级；可以催办，或直接联系承办单位负责人',
    en: 'Every rung has been taken and there is none above; urge the holder, or speak to its leader',
  },
  DIRECTIVE_CLOSED: { status: 409, zh: '交办件已办结', en: 'The directive is closed' },
  DIRECTIVE_CANCELLED: { status: 409, zh: '交办件已撤销', en: 'The directive is cancelled' },
  NOT_ISSUED: { status: 409, zh: '交办件尚未全部发出', en: 'The directive has not gone out yet' },
  IF_MATCH_REQUIRED: {
    status: 428,
    zh: '修改或删除草稿须带 If-Match（草稿的 version），以免覆盖他人的改动',
    en: 'Give If-Match with the version of the draft, so that no other person’s change is lost',
  },
  NOT_A_DRAFT: { status: 409, zh: '交办件已交办', en: 'The directive has been issued already' },

  // forms, elements and templates that are kept
  NEWER_VERSION: {
    status: 412,
    zh: '已有新的版本，请重新查看后再改',
    en: 'There is a newer version; look again, then change it',
  },
  OF_ANOTHER_OFFICE: {
    status: 403,
    zh: '属于其他办公室：请克隆，或另取名称',
    en: 'It is another office’s: clone it, or take another name',
  },
  UNKNOWN_FORM: {
    status: 422,
    title: { zh: '表单库中没有此表单或此版本', en: 'The library has no such form or version' },
    zh: '表单库中没有此表单或此版本：{value}',
    en: 'The library has no such form or version: {value}',
  },
  UNKNOWN_TEMPLATE: {
    status: 422,
    title: { zh: '此表单没有这个模板', en: 'The form has no such template' },
    zh: '此表单没有这个 {kind} 模板：{value}',
    en: 'The form has no such {kind} template: {value}',
  },
  UNKNOWN_PATH: {
    status: 422,
    title: { zh: '汇总中没有此数据', en: 'A summary of this form has no such figure' },
    zh: '汇总中没有此数据：{value}',
    en: 'A summary of this form has no such figure: {value}',
  },
  UNKNOWN_NAME: {
    status: 422,
    title: { zh: '模板文件中没有此名称', en: 'The file has no such name or placeholder' },
    zh: '模板文件中没有此名称：{value}',
    en: 'The file has no such name or placeholder: {value}',
  },
  /** A warning: the name stays as it is in the file. */
  UNMAPPED_NAME: {
    status: 422,
    title: { zh: '模板中有名称没有对应数据', en: 'A name of the file is mapped to nothing' },
    zh: '模板中的“{value}”没有对应数据，将保持原样',
    en: 'The name “{value}” of the file is mapped to nothing and stays as it is',
  },
  TEMPLATE_KIND: {
    status: 422,
    zh: '模板须为 xlsx 工作簿或 docx 文档',
    en: 'A template is an xlsx workbook or a docx document',
  },
  TEMPLATE_MACROS: {
    status: 422,
    zh: '模板含有宏或控件，请另存为不含宏的文件',
    en: 'The file has macros or controls; save it without them',
  },
  TEMPLATE_LINKS: {
    status: 422,
    zh: '模板引用了外部文件或数据，请断开链接后再传',
    en: 'The file reaches for other files or data; break the links',
  },
  TEMPLATE_DAMAGED: {
    status: 422,
    zh: '模板文件打不开，请用办公软件重新保存后再传',
    en: 'The file does not open; save it anew and try again',
  },
  TEMPLATE_LARGE: {
    status: 422,
    zh: '模板文件过大，请去掉不需要的内容',
    en: 'The file is too large for a template; leave out what is not needed',
  },

  // content
  INVALID: { status: 422, zh: '内容有误', en: 'The content is wrong' },
  OUTLIVES_TOKEN: {
    status: 422,
    title: {
      zh: '不能晚于建立它的令牌到期',
      en: 'It cannot outlive the token that makes it',
    },
    zh: '不能晚于建立它的令牌到期（{until}）；请写更早的时间，或登录后建立',
    en: 'It cannot outlive the token that makes it, which ends {until}; give an earlier time, or sign in to make it',
  },
  PASSWORD_COMMON: {
    status: 422,
    zh: '这个密码太常见，最先被人猜到；请另设一个，例如几个不相干的词连在一起',
    en: 'This password is among the first that are guessed; choose another, such as several words that have nothing to do with each other',
  },
  PASSWORD_NAMED: {
    status: 422,
    zh: '密码主要由本人的登录名或姓名组成，容易被人猜到；请另设一个',
    en: 'This password is little more than the person’s login or name and easily guessed; choose another',
  },
  REQUIRED: { status: 422, zh: '必填', en: 'Required' },
  WRONG_TYPE: {
    status: 422,
    title: { zh: '类型不符', en: 'Wrong type' },
    zh: '类型不符，应为{expected}',
    en: 'Wrong type; {expected} expected',
  },
  UNKNOWN_FIELD: { status: 422, zh: '没有此字段', en: 'There is no such field' },
  OUT_OF_RANGE: {
    status: 422,
    title: { zh: '超出范围', en: 'Out of range' },
    zh: '超出范围（{range}）',
    en: 'Out of range ({range})',
  },
  NO_DECIMALS: {
    status: 422,
    zh: '只有数值和百分比字段可设小数位数（decimals）',
    en: 'Only numbers and percentages have decimals',
  },
  MASKED_VALUE: {
    status: 422,
    zh: '这是遮蔽后的内容（含“**”或“＊＊”），不能当作真实值报送；请填写真实值，未改动的沿用原值即可',
    en: 'This is what a mask leaves of a value (“**” or “＊＊”), not the value; write the true one, or leave the report as it was',
  },
  TOO_PRECISE: { status: 422, zh: '最多 6 位小数', en: 'At most 6 decimals' },
  TOO_LONG: {
    status: 422,
    title: { zh: '过长', en: 'Too long' },
    zh: '过长，最多 {max} 个字',
    en: 'Too long; at most {max} characters',
  },
  NOT_AN_OPTION: {
    status: 422,
    title: { zh: '不在选项之中', en: 'Not one of the options' },
    zh: '不在选项之中：{options}',
    en: 'Not one of the options: {options}',
  },
  RULE_BROKEN: { status: 422, zh: '不符合校验规则', en: 'A rule is broken' },
  EXPLANATION_REQUIRED: { status: 422, zh: '需要说明原因', en: 'An explanation is required' },
  RULE_DOES_NOT_COMPILE: {
    status: 422,
    title: { zh: '规则无法编译', en: 'The rule does not compile' },
    zh: '规则无法编译：{reason}',
    en: 'The rule does not compile: {reason}',
  },
  NOT_AN_INSTANT: {
    status: 422,
    zh: '应为带时区的时间，如 2026-11-27T17:30:00+08:00',
    en: 'A time with its offset is expected, such as 2026-11-27T17:30:00+08:00',
  },
  NOT_A_DURATION: {
    status: 422,
    zh: '应为时长，以天、时、分、秒计（不用年、月、周），如 PT30M（30 分钟）、PT7H30M、P2D（2 天）',
    en: 'A duration in days, hours, minutes and seconds is expected (no years, months or weeks), such as PT30M, PT7H30M or P2D',
  },
  DUE_AFTER_PARENT: {
    status: 422,
    title: { zh: '时限晚于上级时限', en: 'Due after the level above' },
    zh: '时限晚于上级时限[（{parentDueAt}）]',
    en: 'Due after the level above[ ({parentDueAt})]',
  },
  DUE_BEFORE_CHILDREN: {
    status: 422,
    title: { zh: '时限早于下级时限', en: 'Due before the levels below' },
    zh: '时限早于下级时限[（不得早于 {dueAt}）]',
    en: 'Due before the levels below[ (not before {dueAt})]',
  },
  DUE_BEFORE_ISSUE: {
    status: 422,
    title: { zh: '时限不晚于交办时间', en: 'Due before the issue' },
    zh: '时限 {dueAt} 不晚于交办时间 {issuedAt}，一发出就已逾期：请推迟时限',
    en: 'Due {dueAt}, not after the issue at {issuedAt}: late at birth; give a later due time',
  },
  DUE_OF_APPROVED: {
    status: 422,
    zh: '收回审核后报送仍待审，不另定时限；退回时可定',
    en: 'What was approved waits for review again and gets no new due time; a return may give one',
  },
  DUE_IN_PAST: {
    status: 422,
    title: { zh: '时限已经过去', en: 'A due time that is past already' },
    zh: '时限已经过去[（须晚于 {after}）]',
    en: 'A due time that is past already[ (must be after {after})]',
  },
  DUE_NOT_LATER: {
    status: 422,
    title: { zh: '不晚于现有时限', en: 'Not later than the present due time' },
    zh: '不晚于现有时限[（{dueAt}）]',
    en: 'Not later than the present due time[ ({dueAt})]',
  },
  UNTIL_IN_PAST: {
    status: 422,
    title: { zh: '挂起截止时间须晚于当前时间', en: 'A suspension must end in the future' },
    zh: '挂起截止时间须晚于当前时间[（{after}）]',
    en: 'A suspension must end in the future[ (after {after})]',
  },
  OWN_HOLDER: {
    status: 422,
    title: { zh: '该单位已是承办单位', en: 'Already held by them' },
    zh: '{value} 已是承办单位',
    en: 'Already held by {value}',
  },
  NOTHING_CHANGES: { status: 422, zh: '内容没有变化', en: 'Nothing changes' },
  UNKNOWN_UNIT: {
    status: 422,
    title: { zh: '没有此单位', en: 'Unknown unit' },
    zh: '没有此单位：{value}',
    en: 'Unknown unit: {value}',
  },
  UNKNOWN_TASK_FORCE: {
    status: 422,
    title: { zh: '没有此专班', en: 'Unknown task force' },
    zh: '没有此专班：{value}',
    en: 'Unknown task force: {value}',
  },
  UNKNOWN_PERSON: {
    status: 422,
    title: { zh: '没有此人员', en: 'Unknown person' },
    zh: '没有此人员：{value}',
    en: 'Unknown person: {value}',
  },
  UNKNOWN_POLICY: {
    status: 422,
    title: { zh: '没有此策略', en: 'Unknown policy' },
    zh: '没有此策略：{value}',
    en: 'Unknown policy: {value}',
  },
  UNKNOWN_CALENDAR: {
    status: 422,
    title: { zh: '没有此日历', en: 'Unknown calendar' },
    zh: '没有此日历：{value}',
    en: 'Unknown calendar: {value}',
  },
  TOO_MUCH_UNATTACHED: {
    status: 422,
    title: { zh: '待附的上传文件过多', en: 'Too many uploaded files wait to be attached' },
    zh: '已上传而未附到任何报送或交办件的文件合计将超过 {max} MB。请先把已传的附上，或等 24 小时后自动清除',
    en: 'Uploaded files that are attached to nothing would exceed {max} MB together. Attach them first, or wait: after 24 hours they are removed',
  },
  UNKNOWN_FILE: {
    status: 422,
    title: { zh: '没有此附件', en: 'Unknown file' },
    zh: '没有此附件：{value}',
    en: 'Unknown file: {value}',
  },
  /** In content it is one of the faults; by itself it names a step that has been taken already. */
  REPEATED: {
    status: 409,
    title: { zh: '重复', en: 'Given twice' },
    zh: '重复：{value}',
    en: 'Given twice: {value}',
  },
  RESERVED: {
    status: 422,
    title: { zh: '保留字，不能用作键', en: 'A reserved word' },
    zh: '保留字，不能用作键：{value}',
    en: 'A reserved word: {value}',
  },
  RULE_UNDECIDED: {
    status: 422,
    title: { zh: '规则无法判断', en: 'The rule could not be decided' },
    zh: '规则无法判断，请核对：{reason}',
    en: 'The rule could not be decided: {reason}',
  },
  RULE_TOO_COSTLY: {
    status: 422,
    title: { zh: '规则计算量过大，无法核对', en: 'A rule takes too much work to be checked' },
    zh: '按规则核对本次报送的计算量过大，未能核对，不能接收[：{rule}]。请减少表格行数，或请交办单位简化该规则',
    en: 'Checking this report by the rule takes too much work, so it is not taken[: {rule}]. Send fewer rows, or ask the office that issued it for a simpler rule',
  },
  ZERO_REPORT_NOT_ALLOWED: { status: 422, zh: '此事项不接受零报告', en: 'This item takes no zero report' },
  /** Answered until nodes took parts of their own; no longer answered. */
  NO_OWN_PART: {
    status: 422,
    zh: '该任务由下级汇总而成，不接受本级填报',
    en: 'This report is merged from below and takes no values of its own',
  },
  EMPTY_GROUP: {
    status: 422,
    title: { zh: '没有此类成员单位', en: 'No member unit of this kind' },
    zh: '没有此类成员单位：{value}',
    en: 'No member unit of this kind: {value}',
  },
  DIFFERENT_OFFICES: {
    status: 422,
    zh: '各专班须属同一办公室',
    en: 'The task forces must belong to one office',
  },
  OWN_ANCESTOR: {
    status: 422,
    title: { zh: '同一单位不能既交办又承办', en: 'A unit cannot be above or below itself' },
    zh: '同一单位不能既交办又承办：{value}',
    en: 'A unit cannot be above or below itself: {value}',
  },
  NOT_BELOW: {
    status: 422,
    title: { zh: '不是其下级单位', en: 'Not below it in the organisation' },
    zh: '“{value}”不是“{holder}”的下级单位，不能向它分解；要由它承办，请用“转办”',
    en: 'Not below {holder} in the organisation: {value} takes no part from it; to have it take the assignment over, use transfer',
  },
  TOO_MANY: {
    status: 422,
    title: { zh: '数量过多', en: 'Too many' },
    zh: '数量过多，最多 {max} 个',
    en: 'Too many; at most {max}',
  },
  TOO_DEEP: {
    status: 422,
    title: { zh: '层级过深', en: 'Too deep' },
    zh: '层级过深，最多 {max} 级',
    en: 'Too deep; at most {max} levels',
  },
  CALENDAR_YEAR_UNKNOWN: {
    status: 422,
    title: { zh: '工作日历缺少该年', en: 'The work calendar does not know the year' },
    zh: '工作日历缺少 {year} 年，请管理员载入',
    en: 'The work calendar does not know {year}; an administrator loads it',
  },
  OTHER_YEAR: {
    status: 422,
    title: { zh: '日期不在该年内', en: 'Not a date of the year' },
    zh: '日期不在 {year} 年内：{value}',
    en: 'Not a date of {year}: {value}',
  },
  NOT_A_DAY_OFF: {
    status: 422,
    title: { zh: '该日本就上班，不是调休', en: 'A working day already, not a day off made up for' },
    zh: '该日本就上班，不是调休：{value}',
    en: 'A working day already, not a day off made up for: {value}',
  },
  NOT_A_WORKDAY: {
    status: 422,
    title: { zh: '该日不上班，不能是半日', en: 'That day is not worked' },
    zh: '该日不上班，不能是半日：{value}',
    en: 'That day is not worked: {value}',
  },
  NOT_A_HALF_DAY: {
    status: 422,
    title: { zh: '半日的工作时间须短于平日', en: 'A half day is shorter than an ordinary day' },
    zh: '半日的工作时间须短于平日：{value}',
    en: 'A half day is shorter than an ordinary day: {value}',
  },
  EVERY_DAY_COUNTS: {
    status: 422,
    zh: '此日历每天都算工作日，没有放假安排和赛时',
    en: 'Every day counts in this calendar: it has no holidays and no event',
  },

  // brought for others
  NOT_ON_BEHALF: {
    status: 409,
    zh: '该任务由下级汇总而成，不能代报',
    en: 'This report is merged from below; it cannot be brought for its holder',
  },
  SIGNATURE_PENDING: {
    status: 409,
    zh: '承办单位已自行填报，正待其负责人签发；请先签发或由承办单位撤回',
    en: 'The holder has filled in its own report; it waits for the signature of its leader. Sign it or take it back first',
  },

  // figures over time
  SENSITIVE_OVER_TIME: {
    status: 422,
    title: { zh: '敏感字段没有跨期数字', en: 'A sensitive field has no figure over time' },
    zh: '“{label}”是敏感字段，只有填报单位和直接下达单位看得到，不提供跨期数字；请在各期任务中分别查看',
    en: 'A sensitive field has no figure over time, and “{label}” is one: only the unit that reported it and the direct issuer read it; look at each assignment by itself',
  },
  SNAPSHOT_NOT_SUMMED: {
    status: 422,
    title: { zh: '时点数各期不能相加', en: 'A snapshot is never added up over time' },
    zh: '“{label}”是时点数，各期不能相加：同一批对象每期都在，相加即重复计算。可改用 as=last（最近一期）、mean（平均）、min 或 max；要算一段时间的总量，请用流量数字段',
    en: 'A snapshot is never added up over time, and “{label}” is one: people who are still there would be counted again in each period. Ask for as=last (the latest), mean, min or max; for a total over time, use a field that is a flow',
  },
  TIME_AXIS_NOT_STATED: {
    status: 422,
    title: { zh: '未说明是流量数还是时点数', en: 'Neither a flow nor a snapshot is stated' },
    zh: '“{label}”未说明是流量数还是时点数，不能相加。可改用 as=last、mean、min 或 max',
    en: 'The field “{label}” does not say whether it is a flow or a snapshot, so it is not added up; ask for as=last, mean, min or max',
  },
  NO_NUMBER_OVER_TIME: {
    status: 422,
    title: { zh: '不是数值，没有跨期的数', en: 'No number, so no figure over time' },
    zh: '“{label}”不是数值，没有跨期的数',
    en: 'The field “{label}” is no number, so there is no figure of it over time',
  },
  NOT_MERGED: {
    status: 422,
    title: { zh: '该字段不汇总', en: 'The field is not merged' },
    zh: '“{label}”不汇总，没有可跨期比较的数',
    en: 'The field “{label}” is not merged, so there is no figure of it',
  },
  FIELD_DIFFERS: {
    status: 422,
    title: {
      zh: '与第一个交办件的同名字段不是同一口径',
      en: 'Not the same kind of field as in the first directive',
    },
    zh: '与第一个交办件的同名字段不是同一口径：{value} 不同',
    en: 'Not the same kind of field as in the first directive: another {value}',
  },

  // taken over from before
  NOTHING_TO_CARRY: {
    status: 422,
    zh: '没有可沿用的上次数据，请填写',
    en: 'There is nothing fresh and approved to take over; fill it in',
  },
  CARRIED_DIFFERS: {
    status: 422,
    title: { zh: '与上次审核通过的数据不同', en: 'Not what was last approved' },
    zh: '与上次审核通过的数据不同，不能标为沿用：{value}',
    en: 'Not what was last approved, so it is not taken over: {value}',
  },
  UNCHANGED_AND_ZERO: {
    status: 422,
    zh: '零报告与“无变化”只能选其一',
    en: 'A zero report cannot also say that nothing has changed',
  },
  LAST_NOT_SEEN: {
    status: 422,
    zh: '您看不到上次报送的数据，请直接填写',
    en: 'You do not see what was reported last; give the value itself',
  },

  // documents
  FORM_OR_DOCUMENT: {
    status: 422,
    zh: '一个事项只能有表单或文稿之一',
    en: 'An item asks for a form or for a document, not for both',
  },
  NOT_A_RECEIVER: {
    status: 422,
    title: { zh: '不在此事项的承办单位之中', en: 'No receiver of this item' },
    zh: '不在此事项的承办单位之中：{value}',
    en: 'No receiver of this item: {value}',
  },
  NOT_YOUR_SECTION: {
    status: 422,
    zh: '此章节未分配给本单位，请删去',
    en: 'This section is not assigned to you; leave it out',
  },
  NOT_A_DOCX: {
    status: 422,
    title: { zh: '须为 Word 文档', en: 'Must be a Word document' },
    zh: '须为 Word 文档（.docx）：{name}',
    en: 'Must be a Word document (.docx): {name}',
  },
  DOCX_TOO_LARGE: {
    status: 422,
    title: { zh: 'Word 文档过大或过于复杂', en: 'The Word document is too large or too complex' },
    zh: 'Word 文档解压后过大、过于复杂或读取超时，请精简或压缩图片后重新上传：{name}',
    en: 'The Word document is too large or too complex once unpacked; shorten it or its pictures: {name}',
  },
  DOCX_UNREADABLE: {
    status: 422,
    title: { zh: 'Word 文档已损坏，无法读取', en: 'The Word document cannot be read' },
    zh: 'Word 文档已损坏，无法读取，请另存后重新上传：{name}',
    en: 'The Word document is damaged and cannot be read; save it anew and upload it again: {name}',
  },
  DOCUMENT_TOO_LARGE: {
    status: 422,
    zh: '文稿过大，请到下级任务分别汇总',
    en: 'The document is too large; compose it at the levels below',
  },
} as const satisfies Record<
  string,
  { status: number; zh: string; en: string; title?: { zh: string; en: string } }
>;
