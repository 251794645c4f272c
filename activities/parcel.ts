// Parcels: deliveries sent as one piece. A mail carries all that a person is told within a minute, a robot's message
// all that its group is told; a webhook one event.
import { createHash } from 'node:crypto';
import { createLinks, linkUrl } from '../command/links/link.ts';
import type { DirectorySource } from '../db/directory.ts';
import type { Pool } from '../db/pool.ts';
import type { RoutingSource } from '../db/routing.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { Claimed } from '../db/queries/delivery-work.ts';
import { loadTerms } from '../db/queries/directive.ts';
import { findEndpoints } from '../db/queries/endpoint.ts';
import { findEvents, type LoggedEvent } from '../db/queries/event.ts';
import type { Endpoint } from '../domain/delivery/endpoint.ts';
import type { Language } from '../domain/failure.ts';
import { asksReceipt } from '../domain/delivery/link.ts';
import { BRAND, gatheredMessage, messageOf, TEST } from '../domain/delivery/message.ts';
import type { Directory } from '../domain/organisation/organisation.ts';
import { groupMessages, mobileOf } from '../domain/delivery/robot-text.ts';
import { preferencesOf, type Routing } from '../domain/delivery/routing.ts';
import { shownEvent, type ShownEvent } from '../domain/assignment/shown-event.ts';
import { carriesFigures, type FormOfItem } from '../domain/merge/masked-record.ts';
import type { Letter, LetterLine } from '../channels/mail.ts';
import type { RobotMessage } from '../channels/robot-adapter.ts';
import type { WebhookBody } from '../channels/standard-webhook.ts';

export type Parcel = { deliveries: Claimed[] } & (
  | { kind: 'mail'; uid: string; to: string; message: Letter }
  | { kind: 'robot'; endpoint: Endpoint; message: RobotMessage }
  | { kind: 'webhook'; endpoint: Endpoint; uid: string; content: WebhookBody }
  /** The address, endpoint or event it needs has been removed since it was written. */
  | { kind: 'undeliverable'; why: string }
  /** What it needs is sealed with a key this process does not have yet: to be tried again. */
  | { kind: 'locked'; why: string }
);

export type ParcelDeps = {
  pool: Pool;
  sources: { directory: DirectorySource; routing: RoutingSource };
  secrets: SecretBox;
  /** Where people reach the application: without it a mail carries no link. */
  publicUrl: string | null;
};

/** All of one channel; in the order claimed. */
export async function packParcels(
  { pool, sources, secrets, publicUrl }: ParcelDeps,
  claimed: readonly Claimed[],
): Promise<Parcel[]> {
  const [directory, routing] = [await sources.directory.current(pool), await sources.routing.current(pool)];
  const ids = new Set(claimed.flatMap(({ endpoint }) => endpoint ?? []));
  const found = ids.size === 0 ? [] : await findEndpoints(pool, secrets, [...ids]);
  const endpoints = new Map(found.map((endpoint) => [endpoint.id, endpoint]));
  const links =
    publicUrl === null ? new Map<number, string>() : await linksFor(pool, directory, publicUrl, claimed);
  const events = await eventsOf(pool, claimed);
  const parcels: Parcel[] = [];
  const groups = new Map<Endpoint, Claimed[]>();
  const mails = new Map<string, Claimed[]>();
  for (const delivery of claimed) {
    const endpoint = endpoints.get(delivery.endpoint ?? '');
    if (delivery.channel === 'mail') {
      const person = delivery.person ?? '';
      mails.set(person, [...(mails.get(person) ?? []), delivery]);
    } else if (endpoint === undefined) parcels.push(undeliverable(delivery, 'the endpoint has been removed'));
    else if (endpoint.locked)
      parcels.push({
        kind: 'locked',
        deliveries: [delivery],
        why: 'the endpoint is sealed with a key not here',
      });
    else if (delivery.channel === 'webhook') parcels.push(webhookOf(delivery, endpoint, events));
    else groups.set(endpoint, [...(groups.get(endpoint) ?? []), delivery]);
  }
  for (const deliveries of mails.values()) parcels.push(...letterOf(deliveries, directory, routing, links));
  for (const [endpoint, deliveries] of groups) parcels.push(...robotParcels(endpoint, deliveries, directory));
  return parcels;
}

const undeliverable = (delivery: Claimed, why: string): Parcel => ({
  kind: 'undeliverable',
  deliveries: [delivery],
  why,
});

const RECEIPT: Readonly<Record<Language, string>> = {
  zh: '无需登录，一键签收',
  en: 'Acknowledge without signing in',
};

/** A link for each mail to a holder that asks for a receipt, the same at every attempt. */
async function linksFor(
  pool: Pool,
  directory: Directory,
  publicUrl: string,
  claimed: readonly Claimed[],
): Promise<Map<number, string>> {
  const asking = claimed.flatMap(({ id, uid, channel, person, assignment, type, data }) => {
    const isAsked = channel === 'mail' && asksReceipt(type, data);
    if (!isAsked || person === null || assignment === null) return [];
    const isHolder = (directory.seatsByPerson.get(person) ?? []).some(
      ({ place }) => place === data['holder'],
    );
    return isHolder
      ? [{ id, link: { assignment, person, action: 'acknowledge' as const, occasion: uid } }]
      : [];
  });
  const tokens = await createLinks(
    pool,
    asking.map(({ link }) => link),
  );
  return new Map(asking.map(({ id }, n) => [id, linkUrl(publicUrl, tokens[n] ?? '')]));
}

/** To the person's present address and in the person's present language. */
function letterOf(
  deliveries: readonly Claimed[],
  directory: Directory,
  routing: Routing,
  links: ReadonlyMap<number, string>,
): Parcel[] {
  const person = deliveries[0]?.person ?? '';
  const to = directory.people.get(person)?.email ?? null;
  if (to === null)
    return deliveries.map((each) => undeliverable(each, 'the person has no mail address any more'));
  const { language } = preferencesOf(routing, person);
  const { headline, parts } = gatheredMessage(deliveries, directory, language);
  const lines = parts.flatMap(({ of, lines: texts }) => {
    const url = of === null ? undefined : links.get(of.id);
    return texts.map((text, n): LetterLine => {
      const isLast = n === texts.length - 1;
      return { text, link: isLast && url !== undefined ? { label: RECEIPT[language], url } : null };
    });
  });
  const message = { subject: `${BRAND[language]}${headline}`, lines };
  return [{ kind: 'mail', deliveries: [...deliveries], uid: uidOf(deliveries), to, message }];
}

/**
 * Equal for equal sets of deliveries. A retry with a different set is another letter, so the receiver does not drop it
 * as known.
 */
function uidOf(deliveries: readonly Claimed[]): string {
  const [first, ...others] = deliveries.map(({ uid }) => uid);
  if (others.length === 0) return first ?? '';
  const hash = createHash('sha256').update(deliveries.map(({ uid }) => uid).join(' '));
  return hash.digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

/** A group is written to in Chinese: its people may each have a language of their own. */
function robotParcels(endpoint: Endpoint, deliveries: readonly Claimed[], directory: Directory): Parcel[] {
  const byId = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
  const notices = deliveries.map((delivery) => {
    const person = directory.people.get(delivery.person ?? '');
    const { headline, lines } = messageOf(delivery, directory, 'zh');
    const isOne = lines.length === 1;
    return {
      id: delivery.id,
      name: person?.name ?? '',
      mobile: mobileOf(person?.phone),
      lines: isOne ? lines : [headline, ...lines],
    };
  });
  return groupMessages(notices, BRAND.zh).map(({ ids, ...message }) => ({
    kind: 'robot',
    deliveries: ids.flatMap((id) => byId.get(id) ?? []),
    endpoint,
    message,
  }));
}

/** A desk belongs to one directive for ever. */
const placeIn = ({ desk, seq }: { desk: string; seq: number }): string => `${desk}#${seq}`;

/** What webhooks are told of, looked up once for all of them. */
async function eventsOf(pool: Pool, claimed: readonly Claimed[]): Promise<ReadonlyMap<string, ShownEvent>> {
  const places = claimed.flatMap(({ channel, directive, desk, seq }) =>
    channel === 'webhook' && directive !== null && desk !== null && seq !== null
      ? [{ directive, desk, seq }]
      : [],
  );
  const found = places.length === 0 ? [] : await findEvents(pool, places);
  const formsOf = await formsBehind(pool, found);
  return new Map(found.map((event) => [placeIn(event), shownEvent(event, formsOf(event))]));
}

/** As a desk's id begins. */
const directiveOf = ({ desk }: { desk: string }): string => desk.split('.')[0] ?? '';

/** The forms of the events that carry figures, so that a webhook takes no sensitive value out of the house. */
async function formsBehind(
  pool: Pool,
  events: readonly LoggedEvent[],
): Promise<(event: LoggedEvent) => FormOfItem> {
  const ids = new Set(events.filter(carriesFigures).map(directiveOf));
  const terms = ids.size === 0 ? [] : await loadTerms(pool, [...ids]);
  const forms = new Map(
    terms.flatMap(({ id, items }) => items.map(({ key, form }) => [`${id}.${key}`, form] as const)),
  );
  return (event) => (item) => forms.get(`${directiveOf(event)}.${item}`);
}

function webhookOf(delivery: Claimed, endpoint: Endpoint, events: ReadonlyMap<string, ShownEvent>): Parcel {
  const content = contentOf(delivery, events);
  if (content === null) return undeliverable(delivery, 'the event is not in the log');
  return { kind: 'webhook', deliveries: [delivery], uid: delivery.uid, endpoint, content };
}

function contentOf(
  { type, directive, desk, seq }: Claimed,
  events: ReadonlyMap<string, ShownEvent>,
): WebhookBody | null {
  if (type === TEST) return { type, timestamp: new Date().toISOString(), data: {} };
  if (directive === null || desk === null || seq === null) return null;
  const event = events.get(placeIn({ desk, seq }));
  return event === undefined ? null : { type, timestamp: event.at, data: { directive, ...event } };
}
