// The screen a person lands on after signing in, by the posts they hold and by the work there is at each.
import type { Millis } from '../instant.ts';
import { OFFICE_ROLES, type Role } from '../organisation/organisation.ts';

/** Paths of the page; a person may pin another of them. */
export const LANDINGS = [
  '/board',
  '/look',
  '/decide',
  '/collect',
  '/owe',
  '/received',
  '/audit',
  '/admin/units',
] as const;
export type Landing = (typeof LANDINGS)[number];

/** A post held now, and the open work of its place. */
export type PostAtWork = {
  role: Role;
  /** `taskForce`, or the kind of the unit; null for a role of the installation. */
  kind: string | null;
  /** The earliest due time of what the place owes; null where it owes nothing. */
  dueAt: Millis | null;
  /** The place holds an assignment with parts below it. */
  holdsNode: boolean;
  /** A report waits for the signature of the place's leader. */
  toSign: boolean;
};

function landingOfPost({ role, kind, holdsNode, toSign }: PostAtWork): Landing {
  if (role === 'auditor') return '/audit';
  if (role === 'administrator') return '/admin/units';
  if (kind === 'superior') return '/received';
  if (kind === 'office' && OFFICE_ROLES.some((each) => each === role)) return '/board';
  if (role === 'leader') return toSign ? '/decide' : '/look';
  return kind === 'taskForce' || holdsNode ? '/collect' : '/owe';
}

/** In this order where no post owes anything before another: an administrator with other work lands on that. */
const RANKED: readonly Landing[] = [
  '/board',
  '/decide',
  '/look',
  '/collect',
  '/owe',
  '/received',
  '/audit',
  '/admin/units',
];

/** Of several posts, the landing of the one with the earliest due time. Without any: what one owes, which is nothing. */
export function landingOf(posts: readonly PostAtWork[]): Landing {
  const [first] = posts
    .map((post) => ({ landing: landingOfPost(post), dueAt: post.dueAt ?? Infinity }))
    .sort((a, b) =>
      a.dueAt === b.dueAt ? RANKED.indexOf(a.landing) - RANKED.indexOf(b.landing) : a.dueAt - b.dueAt,
    );
  return first?.landing ?? '/owe';
}
