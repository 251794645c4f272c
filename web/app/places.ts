// The places of the page (page.md §3): who may open each, and what stands in the navigation. Pure: the server asks it too.
import type { Me } from '../context/me.ts';

export type PagePlace = {
  /** As the router writes it: `$id` for what varies. */
  path: string;
  may: (me: Me) => boolean;
};

const OFFICE_ROLES: ReadonlySet<string> = new Set(['director', 'deputy', 'staff']);

const anyone = (): boolean => true;
export const isOffice = (me: Me): boolean =>
  me.may.issueFor.length > 0 || me.roles.some(({ role }) => OFFICE_ROLES.has(role));

/** Those who see directives whole: offices, auditors and administrators. */
const leads = (me: Me): boolean => isOffice(me) || me.may.readAll;

/** In the order in which a path is looked up. */
export const PLACES: readonly PagePlace[] = [
  { path: '/sign-in', may: anyone },
  { path: '/owe', may: anyone },
  { path: '/a/$id', may: anyone },
  { path: '/a/$id/fill', may: anyone },
  { path: '/a/$id/receivers', may: anyone },
  { path: '/collect', may: anyone },
  { path: '/review', may: anyone },
  { path: '/board', may: leads },
  { path: '/d/$id', may: anyone },
  { path: '/me', may: anyone },
];

const partsOf = (path: string): string[] => path.split('/').filter((part) => part !== '');

/** The place a path names, and what varies in it; null for a path that names none. */
export function pagePlaceAt(path: string): { place: PagePlace; params: Record<string, string> } | null {
  const asked = partsOf(path);
  for (const place of PLACES) {
    const parts = partsOf(place.path);
    if (parts.length !== asked.length) continue;
    const fits = parts.every((part, n) => part.startsWith('$') || part === asked[n]);
    if (!fits) continue;
    const named = parts.flatMap((part, n) =>
      part.startsWith('$') ? [[part.slice(1), decodeURIComponent(asked[n] ?? '')] as const] : [],
    );
    return { place, params: Object.fromEntries(named) };
  }
  return null;
}

export const mayOpen = (me: Me, path: string): boolean => {
  const found = pagePlaceAt(path);
  return found !== null && found.place.may(me);
};
