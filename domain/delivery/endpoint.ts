// An endpoint: a group's robot or another system's webhook, where it stands, and how it is shown without its secrets.
import { z } from 'zod';
import { Code } from '../code.ts';
import { Robot } from './channel.ts';
import { taskForcePlace, unitPlace, type Place } from '../organisation/organisation.ts';

export const EndpointKind = z.enum([...Robot.options, 'webhook']);
export type EndpointKind = z.infer<typeof EndpointKind>;

/** One of the two, never both. */
const PlaceName = z
  .strictObject({ unit: Code.optional(), taskForce: Code.optional() })
  .refine(({ unit, taskForce }) => (unit === undefined) !== (taskForce === undefined));

/** Names and passwords in an address would be sent nowhere, and shown where addresses are shown. */
const Url = z
  .url({ protocol: /^https?$/ })
  .max(2000)
  .refine((url) => {
    const parsed = URL.parse(url);
    return parsed !== null && parsed.username === '' && parsed.password === '';
  });

const EventType = z.string().regex(/^[a-z][A-Za-z]{0,39}$/);

export const NewEndpoint = z.strictObject({
  id: Code.optional(),
  kind: EndpointKind,
  name: z.string().trim().min(1).max(200),
  /** Whose group or system it is; a robot has one, a webhook without hears of everything. */
  place: PlaceName.nullish(),
  url: Url,
  secret: z.string().min(1).max(200).nullish(),
  /** The events it hears of; all where it is left out. */
  types: z.array(EventType).min(1).max(100).nullish(),
});
export type NewEndpoint = z.infer<typeof NewEndpoint>;

/** A field left out stays as it is. */
export const EndpointPatch = NewEndpoint.omit({ id: true, kind: true }).partial();
export type EndpointPatch = z.infer<typeof EndpointPatch>;

/** An endpoint as it is stored. */
export type Endpoint = {
  id: string;
  kind: EndpointKind;
  name: string;
  place: Place | null;
  url: string;
  secret: string | null;
  types: string[] | null;
};

export function placeOfName(name: NewEndpoint['place']): Place | null {
  if (name?.unit !== undefined) return unitPlace(name.unit);
  return name?.taskForce === undefined ? null : taskForcePlace(name.taskForce);
}

/** As Standard Webhooks write it: 24 to 64 random bytes in base64. */
const WEBHOOK_SECRET = /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/;

/** The fields an endpoint of its kind cannot do without, or has wrongly. */
export function endpointFaults({ kind, place, secret }: Pick<Endpoint, 'kind' | 'place' | 'secret'>): {
  path: 'place' | 'secret';
  code: 'REQUIRED' | 'INVALID';
}[] {
  if (kind !== 'webhook') return place === null ? [{ path: 'place', code: 'REQUIRED' }] : [];
  if (secret === null) return [{ path: 'secret', code: 'REQUIRED' }];
  return WEBHOOK_SECRET.test(secret) ? [] : [{ path: 'secret', code: 'INVALID' }];
}

/** Shown of a secret: enough to tell two apart, nothing to use. */
const TAIL = 4;
/** Less than this is not a secret anybody would keep in an address: nothing of it is shown. */
const LEAST_HIDDEN = 16;

/** `https://oapi.dingtalk.com/…3f9a`: the host, and the end of what follows where enough stays hidden. */
export function maskedUrl(url: string): string {
  const { origin, pathname, search } = new URL(url);
  const rest = pathname + search;
  return rest.length < LEAST_HIDDEN ? `${origin}/…` : `${origin}/…${rest.slice(-TAIL)}`;
}

/** Texts that must show nowhere: the address as a whole, and every part of it that may name the robot. */
export function secretsOf({ url, secret }: Pick<Endpoint, 'url' | 'secret'>): (string | null)[] {
  const { pathname, searchParams } = new URL(url);
  // A word of the path such as `send` is none.
  return [url, secret, ...searchParams.values(), ...pathname.split('/').filter((part) => part.length >= 16)];
}
