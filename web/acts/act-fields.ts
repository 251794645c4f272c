// What each act asks for before it is sent: a table, so that a verb's sheet is a row and not a screen.
import type { Verb } from '../../domain/assignment/command.ts';
import type { ACTING_WORDS } from './words.ts';

export type ActField = {
  name: string;
  word: keyof (typeof ACTING_WORDS)['zh'];
  kind: 'text' | 'line' | 'time' | 'percent' | 'place';
  isNeeded: boolean;
};

const needed = (name: string, word: ActField['word'], kind: ActField['kind'] = 'text'): ActField => ({
  name,
  word,
  kind,
  isNeeded: true,
});
const maybe = (name: string, word: ActField['word'], kind: ActField['kind'] = 'text'): ActField => ({
  name,
  word,
  kind,
  isNeeded: false,
});

/** Acts that a sheet with a few fields does; the others have screens of their own. */
export const ACT_FIELDS: Partial<Record<Verb, readonly ActField[]>> = {
  progress: [needed('note', 'note'), maybe('percent', 'percent', 'percent')],
  comment: [needed('text', 'text')],
  'request-extension': [needed('due', 'due', 'time'), needed('reason', 'reason')],
  transfer: [needed('unit', 'to', 'place'), needed('reason', 'reason')],
  decline: [needed('basis', 'basis')],
  withdraw: [maybe('reason', 'reason')],
  reopen: [needed('reason', 'reason')],
  urge: [maybe('note', 'note')],
  suspend: [needed('until', 'until', 'time'), needed('reason', 'reason')],
  resume: [],
  return: [needed('reason', 'reason')],
  approve: [maybe('note', 'note')],
  sign: [],
  'accept-transfer': [],
  'decline-transfer': [needed('reason', 'reason')],
  reschedule: [needed('due', 'due', 'time'), needed('reason', 'reason')],
};
