// The words for a workbook that cannot be read: they say what to do instead.
import { refuse, type FailureCode, type Language, type Refusal } from '../../../domain/failure.ts';
import type { Unreadable } from './unreadable.ts';

type Reason = { code: FailureCode; words: Readonly<Record<Language, string>> };

const REASONS = {
  NOT_A_WORKBOOK: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '不是 xlsx 工作簿，请另存为 .xlsx 后上传',
      en: 'This is no xlsx workbook; save it as .xlsx and upload that',
    },
  },
  OLD_KIND: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '这是旧格式的工作簿（.xls 或 .et），请在表格软件中打开，用“另存为”选“Excel 工作簿（*.xlsx）”后上传',
      en: 'This is a workbook of the old kind (.xls or .et); open it, choose “Save as”, “Excel workbook (*.xlsx)”, and upload that',
    },
  },
  OPEN_DOCUMENT: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '这是 .ods 工作簿，请在 LibreOffice 中打开，用“另存为”选“Excel 2007-365（.xlsx）”后上传',
      en: 'This is an .ods workbook; open it in LibreOffice, choose “Save as”, “Excel 2007-365 (.xlsx)”, and upload that',
    },
  },
  TEXT_FILE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '这是文本或网页文件（如 .csv），没有填报表的隐藏标记；请下载本任务的填报表（.xlsx），把数据粘贴进去后上传',
      en: 'This is text or a web page (such as .csv) without the hidden marks of a workbook; download the workbook of the assignment (.xlsx), paste the figures in and upload that',
    },
  },
  PDF_FILE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '这是 PDF 文件，不能作为填报表读取；请下载本任务的填报表（.xlsx），填好后上传。需要附上 PDF 的，作为附件上传',
      en: 'This is a PDF, which cannot be read as a workbook; download the workbook of the assignment (.xlsx), fill it in and upload that. A PDF goes with the report as an attachment',
    },
  },
  BINARY_KIND: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '这是二进制工作簿（.xlsb），请另存为 .xlsx 后上传',
      en: 'This is a binary workbook (.xlsb); save it as .xlsx and upload that',
    },
  },
  ENCRYPTED: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '工作簿设有密码，请取消密码、另存为 .xlsx 后上传',
      en: 'The workbook has a password; save it as .xlsx without one and upload that',
    },
  },
  MACROS: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '工作簿含有宏，请另存为不含宏的 .xlsx 后上传',
      en: 'The workbook has macros; save it as .xlsx without them',
    },
  },
  EXTERNAL_LINKS: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '工作簿链接到外部文件，请断开链接、将公式粘贴为数值后上传',
      en: 'The workbook links to other files; break the links, paste formulas as values',
    },
  },
  DAMAGED: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '工作簿已损坏，请在表格软件中打开并重新保存后上传',
      en: 'The workbook is damaged; open it in a spreadsheet program, save it again and upload that',
    },
  },
  TOO_LARGE: {
    code: 'TOO_LARGE',
    words: {
      zh: '工作簿过大或过于复杂，请删去多余的工作表、合并单元格和图片后上传；每张表最多 10000 行',
      en: 'The workbook is too large or too complex; remove sheets, merged cells and pictures that do not belong; at most 10,000 rows a table',
    },
  },
  TOO_MANY_ROWS: {
    code: 'TOO_LARGE',
    words: {
      zh: '有一张工作表过大：填了内容的行超过 10000 行，请删去多余的行或分次报送',
      en: 'A sheet is too large: more than 10,000 rows are filled; delete what does not belong or report in parts',
    },
  },
  TOO_MANY_CELLS: {
    code: 'TOO_LARGE',
    words: {
      zh: '工作簿过大：填了内容的单元格超过 100 万个，或文字超过 2000 万字，请删去多余的工作表和行',
      en: 'The workbook is too large: more than a million cells or 20 million characters; remove sheets and rows that do not belong',
    },
  },
  TOO_MUCH_UNPACKED: {
    code: 'TOO_LARGE',
    words: {
      zh: '工作簿过大：解压后超过 200 MB，通常是图片或成片的空格式所致，请删去后另存再上传',
      en: 'The workbook is too large: more than 200 MB unpacked, mostly pictures or formats of empty cells; remove them, save it again and upload that',
    },
  },
  TOO_SLOW: {
    code: 'TOO_LARGE',
    words: {
      zh: '工作簿过大：20 秒内未能读完，请删去多余的工作表、行和格式，或把内容粘贴到新下载的填报表后上传',
      en: 'The workbook is too large: it could not be read within 20 seconds; remove sheets, rows and formats that do not belong, or paste the content into a workbook downloaded anew',
    },
  },
} as const satisfies Record<Unreadable, Reason>;

/** The refusal of a workbook that is not read, and its words. */
export const refusalOfUnreadable = (reason: Unreadable): { refusal: Refusal; detail: Reason['words'] } => {
  const { code, words } = REASONS[reason];
  return { refusal: refuse(code), detail: words };
};
