// The fault of a template's own file, by why it is unfit.
import type { Fault, FailureCode } from '../../failure.ts';
import type { UnfitReason } from './template.ts';

const CODES = {
  KIND: 'TEMPLATE_KIND',
  MACROS: 'TEMPLATE_MACROS',
  LINKS: 'TEMPLATE_LINKS',
  DAMAGED: 'TEMPLATE_DAMAGED',
  LARGE: 'TEMPLATE_LARGE',
} as const satisfies Record<UnfitReason, FailureCode>;

/** The fault of the file itself. */
export const unfitFault = (unfit: UnfitReason): Fault => ({ path: 'file', code: CODES[unfit] });
