// What happens to a directive as a whole, in the office's desk: one row an event, as for assignments.
import type { EventType } from '../assignment/happening.ts';
import type { DirectiveEventType } from './directive-event-data.ts';
import { ASSIGNMENT_EVENTS } from '../assignment/event/assignment-events.ts';
import type { NoticeRow } from '../assignment/event/event-row.ts';

type DirectiveEventRow = NoticeRow & {
  /** Those below hear by the events of their own assignments. */
  told: 'superior' | 'none';
};

/** Machines hear of it in the words of the assignments' event of that name. */
const like = (type: EventType): NoticeRow => ({
  pace: ASSIGNMENT_EVENTS[type].pace,
  words: ASSIGNMENT_EVENTS[type].words,
});

/** An event without its row does not compile. */
export const DIRECTIVE_EVENTS: Readonly<Record<DirectiveEventType, DirectiveEventRow>> = {
  closed: { told: 'none', ...like('closed') },
  cancelled: { told: 'none', ...like('cancelled') },
  amended: { told: 'none', ...like('amended') },
  rescheduled: { told: 'none', ...like('rescheduled') },
  handedUp: {
    told: 'superior',
    pace: 'patient',
    words: { zh: '汇总数据已报送，请查收', en: 'Figures handed up to you' },
  },
  handUpRestated: {
    told: 'superior',
    pace: 'patient',
    words: { zh: '已报送的汇总数据有更正', en: 'Figures handed up to you have been restated' },
  },
};
