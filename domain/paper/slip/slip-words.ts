// The words of a supervision slip, in Chinese and English: facts, the action asked for, and the countersignature.
import type { Language } from '../../failure.ts';
import { toMillis, whenText } from '../../instant.ts';
import { dayText, durationText } from '../../delivery/notification-text.ts';
import type { Clock } from '../../policy/policy.ts';
import { isForIssuer, slipNumber, type SlipColor, type SlipFacts } from './slip.ts';

/** A slip as it is read: `at` and the countersignature's `at` are ISO instants, `by` is a name. */
export type Slip = {
  year: number;
  number: number;
  color: SlipColor;
  at: string;
  facts: SlipFacts;
  countersigned: { at: string; by: string } | null;
};

export type Line = { label: string; text: string };
export type SlipWords = {
  office: string;
  title: string;
  number: string;
  facts: Line[];
  /** The office's signature: its name, the day. */
  signature: string[];
  countersign: { title: string; lines: Line[]; note: string };
};

type Words = Readonly<Record<Language, string>>;

const TITLES: Readonly<Record<SlipColor, Words>> = {
  blue: { zh: '蓝色督办单', en: 'Blue supervision slip' },
  yellow: { zh: '黄色督办单', en: 'Yellow supervision slip' },
  red: { zh: '红色督办单', en: 'Red supervision slip' },
};

/** `{t}` is since when. */
const LATE: Readonly<Record<Clock, Words>> = {
  acknowledge: {
    zh: '应于 {t} 前签收，至今未签收。',
    en: 'The receipt was due at {t} and has not been given.',
  },
  due: { zh: '应于 {t} 前报送，至今未报送。', en: 'The report was due at {t} and is not in.' },
  review: {
    zh: '{t} 收到报送，至今未审核。',
    en: 'A report came in at {t} and has not been reviewed.',
  },
  decide: {
    zh: '有申请待答复，至 {t} 仍未答复。',
    en: 'A request still waits for a decision at {t}.',
  },
  sign: {
    zh: '报送待签发，至 {t} 仍未签发。',
    en: 'A report still waits for its signature at {t}.',
  },
};

/** Where the issuer has climbed before anything was late. */
const AHEAD: Readonly<Record<'acknowledge' | 'due', Words>> = {
  acknowledge: {
    zh: '应于 {t} 前签收，尚未签收，上级提前督办。',
    en: 'The receipt is due at {t}; the level above calls for it beforehand.',
  },
  due: {
    zh: '应于 {t} 前报送，尚未报送，上级提前督办。',
    en: 'The report is due at {t}; the level above calls for it beforehand.',
  },
};

const ASKED: Readonly<Record<Clock, Words>> = {
  acknowledge: { zh: '收到本单后立即签收', en: 'Acknowledge at once' },
  due: { zh: '收到本单后立即报送', en: 'Report at once' },
  review: { zh: '收到本单后立即审核', en: 'Review the report at once' },
  decide: { zh: '收到本单后立即答复', en: 'Decide the request at once' },
  sign: { zh: '收到本单后立即签发', en: 'Sign the report at once' },
};

const AND_BY: Words = { zh: '，并于 {t} 前报送。', en: ', and report by {t}.' };
const FULL_STOP: Words = { zh: '。', en: '.' };

const LABELS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  zh: {
    to: '被督办单位',
    matter: '督办事项',
    item: '具体任务',
    late: '督办事由',
    due: '办理时限',
    rung: '督办级次',
    asked: '办理要求',
    signature: '签收回执',
    unit: '签收单位',
    person: '签收人',
    at: '签收时间',
    open: '（待签收）',
    note: '在系统中签收该任务即为签收本单。',
  },
  en: {
    to: 'To',
    matter: 'Matter',
    item: 'Item',
    late: 'What is late',
    due: 'Due (UTC+8)',
    rung: 'Step',
    asked: 'Required',
    signature: 'Countersignature',
    unit: 'For',
    person: 'By',
    at: 'At',
    open: '(open)',
    note: 'Acknowledging the assignment countersigns this slip.',
  },
};

const fill = (text: string, instant: string): string => text.replace('{t}', whenText(instant) ?? instant);

/** Why the slip is given: the late act, or the act called for before it is late. */
function causeText({ facts, at }: Slip, language: Language): string {
  const { clock, since } = facts;
  const isAhead = toMillis(since) > toMillis(at);
  const words = isAhead && (clock === 'acknowledge' || clock === 'due') ? AHEAD[clock] : LATE[clock];
  return fill(words[language], since);
}

function rungText({ rung, after, manual }: SlipFacts, language: Language): string {
  if (manual) return language === 'zh' ? `第 ${rung} 级（上级手动升级）` : `${rung} (raised by hand)`;
  const late = durationText(after, language);
  if (language === 'zh') return late === null ? `第 ${rung} 级（到时即发）` : `第 ${rung} 级（超过${late}）`;
  return late === null ? `${rung} (as it fell due)` : `${rung} (${late} past)`;
}

/** The action asked for; with the due time where that is still to come. */
function askedText({ facts, at }: Slip, language: Language): string {
  const isToCome = facts.clock === 'acknowledge' && toMillis(facts.dueAt) > toMillis(at);
  const end = isToCome ? fill(AND_BY[language], facts.dueAt) : FULL_STOP[language];
  return `${ASKED[facts.clock][language]}${end}`;
}

const matterText = ({ directive: { title, number } }: SlipFacts, language: Language): string =>
  language === 'zh' ? `《${title}》（${number}）` : `“${title}” (${number})`;

/** The holder of the part, where the slip calls another to account for it. */
const itemText = ({ item, holder, clock }: SlipFacts, language: Language): string => {
  if (!isForIssuer(clock)) return item.title;
  return language === 'zh' ? `${item.title}（${holder}）` : `${item.title} (${holder})`;
};

export function slipWords(slip: Slip, language: Language): SlipWords {
  const { facts, countersigned } = slip;
  const label = (name: string): string => LABELS[language][name] ?? name;
  const to = isForIssuer(facts.clock) ? facts.issuer : facts.holder;
  const line = (name: string, text: string): Line => ({ label: label(name), text });
  return {
    office: facts.office,
    title: TITLES[slip.color][language],
    number: slipNumber(slip),
    facts: [
      line('to', to),
      line('matter', matterText(facts, language)),
      line('item', itemText(facts, language)),
      line('late', causeText(slip, language)),
      line('due', whenText(facts.dueAt) ?? facts.dueAt),
      line('rung', rungText(facts, language)),
      line('asked', askedText(slip, language)),
    ],
    signature: [facts.office, dayText(slip.at, language)],
    countersign: {
      title: label('signature'),
      lines: [
        line('unit', facts.holder),
        line('person', countersigned?.by ?? label('open')),
        line('at', countersigned === null ? label('open') : (whenText(countersigned.at) ?? countersigned.at)),
      ],
      note: label('note'),
    },
  };
}
