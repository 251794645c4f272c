// A warning with its words in the reader's language.
import type { PlanWarning } from '../../domain/directive/planned.ts';
import { warningWords } from '../../domain/directive/warning-words.ts';
import type { Language } from '../../domain/failure.ts';

export const warningView = <W extends Pick<PlanWarning, 'code' | 'params'>>(
  warning: W,
  language: Language,
): W & { message: string } => ({ ...warning, message: warningWords(warning, language) });
