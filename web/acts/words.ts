// The words around acts: what each asks for, and what is said when it is done.
import { dictionary } from '../words/dictionary.ts';

export const ACTING_WORDS = dictionary(
  {
    reason: '原因',
    basis: '依据',
    text: '内容',
    note: '说明',
    until: '到什么时候',
    due: '希望的时限',
    percent: '完成百分比',
    to: '转给（单位代码）',
    need: '请写明原因',
    done: (act: string) => `${act}：已送达`,
    decidedBy: (issuer: string) => `由${issuer}答复；时钟照走。`,
    acknowledged: (title: string) => `已签收：${title}`,
    unreached: '没有连上服务器，请稍后重试',
  },
  {
    reason: 'Reason',
    basis: 'Basis',
    text: 'Text',
    note: 'Note',
    until: 'Until when',
    due: 'Wished due time',
    percent: 'Percent done',
    to: 'Pass on to (code of the unit)',
    need: 'Say why',
    done: (act) => `${act}: delivered`,
    decidedBy: (issuer) => `${issuer} answers it; the clock runs on.`,
    acknowledged: (title) => `Acknowledged: ${title}`,
    unreached: 'The server was not reached; try again soon',
  },
);
