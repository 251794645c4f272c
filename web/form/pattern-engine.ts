// Stands for `re2js` in the page's bundle: RE2's engine is 60 KB that most forms never need, so it comes when one does.
import type { RE2JS as Engine } from 're2js';

let engine: typeof Engine | null = null;

/** Does a form have patterns? To be asked before it is compiled. */
export const needsPatterns = (checks: readonly string[]): boolean =>
  checks.some((check) => check.includes('matches'));

/** Loads the engine; afterwards forms with patterns compile as they do on the server. */
export async function loadPatterns(): Promise<void> {
  engine ??= (await import('re2js-whole')).RE2JS;
}

/** The part of the engine that domain/form uses. */
export const RE2JS = {
  compile(source: string): Engine {
    if (engine === null) throw new Error('a form with patterns is compiled before the engine is there');
    return engine.compile(source);
  },
};
