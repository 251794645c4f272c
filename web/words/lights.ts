// The word of a light, by its reason: a light is never colour alone.
import type { Light } from '../../domain/assignment/light.ts';
import { dictionary } from './dictionary.ts';

export const LIGHT_WORDS = dictionary(
  {
    grey: '未开始',
    green: '进行中',
    submitted: '待审核',
    yellow: '临期',
    receiptLate: '签收超时',
    returned: '已退回',
    toSign: '待签字',
    red: '逾期',
    blue: '已通过',
    cancelled: '已撤销',
    missing: '未报',
    hatched: '已挂起',
  },
  {
    grey: 'Not begun',
    green: 'Under way',
    submitted: 'To be reviewed',
    yellow: 'Near due',
    receiptLate: 'Receipt late',
    returned: 'Returned',
    toSign: 'To be signed',
    red: 'Overdue',
    blue: 'Approved',
    cancelled: 'Cancelled',
    missing: 'Missing',
    hatched: 'Suspended',
  },
);

/** The mark inside a blue square: approved, cancelled, missing. */
export type BlueMark = 'tick' | 'stroke' | 'cross';

export type LitThing = {
  light: Light;
  phase: string;
  awaitingSignature?: boolean;
  acknowledgeBy?: string | null;
  acknowledgedAt?: string | null;
};

/** Which of the words fits: yellow and blue have three each. */
export function lightKey(thing: LitThing, now: number): keyof (typeof LIGHT_WORDS)['zh'] {
  const { light, phase } = thing;
  if (light === 'green') return phase === 'submitted' ? 'submitted' : 'green';
  if (light === 'blue') return phase === 'cancelled' || phase === 'missing' ? phase : 'blue';
  if (light !== 'yellow') return light;
  if (phase === 'returned') return 'returned';
  if (thing.awaitingSignature === true) return 'toSign';
  const isLate =
    thing.acknowledgedAt === null && thing.acknowledgeBy != null && Date.parse(thing.acknowledgeBy) < now;
  return isLate ? 'receiptLate' : 'yellow';
}

export const markOf = (phase: string): BlueMark =>
  phase === 'cancelled' ? 'stroke' : phase === 'missing' ? 'cross' : 'tick';
