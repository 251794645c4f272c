// A large body for its route: what the thread found, refused at the same times as a small one (api.md §2).
import type { BodyFaults } from '../../contract/call.ts';
import { refuseFaults } from '../../domain/failure.ts';
import { Refused, refused } from '../errors.ts';
import { isMisshapen } from '../parse.ts';
import { unsafeBody } from './body.ts';
import type { JudgedBody } from '../../contract/judged-body.ts';

/** The value, or for a call whose content is judged later a function that answers or refuses it. */
export function bodyInParts(judged: JudgedBody, kind: BodyFaults | undefined): unknown {
  switch (judged.is) {
    case 'no JSON':
    case 'no object':
      throw refused('MALFORMED');
    case 'unsafe':
      throw unsafeBody(judged.fault);
    case 'good':
      return kind === undefined ? judged.data : () => judged.data;
    case 'faulty': {
      const { faults } = judged;
      if (kind === undefined || (kind === 'document' && faults.some(isMisshapen)))
        throw refused('MALFORMED', { errors: faults });
      return () => {
        throw new Refused(refuseFaults(faults));
      };
    }
  }
}
