// The words for a workbook that is not read at all: they say what to do instead.
import { refuse, type FailureCode } from '../../../domain/failure.ts';
import { Refused, type Detail } from '../../errors.ts';
import type { Unreadable } from './unreadable.ts';

type Reason = { code: FailureCode; words: Detail };

const REASONS = {
  NOT_A_WORKBOOK: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '不是 xlsx 工作簿，请另存为 .xlsx 后上传',
      en: 'This is no xlsx workbook; save it as .xlsx and upload that',
    },
  },
  ENCRYPTED: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    words: {
      zh: '工作簿设有密码或为旧格式（.xls），请取消密码、另存为 .xlsx 后上传',
      en: 'The workbook has a password or is of the old kind (.xls); save it as .xlsx without a password',
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
      zh: '工作簿过大，请删去多余的工作表、行和图片后上传；每张表最多 10000 行',
      en: 'The workbook is too large; remove sheets, rows and pictures that do not belong; at most 10,000 rows a table',
    },
  },
} as const satisfies Record<Unreadable, Reason>;

export const refusedAs = (reason: Unreadable): Refused => {
  const { code, words } = REASONS[reason];
  return new Refused(refuse(code), { detail: words });
};
