// A request for every cell of the table of access: what is allowed ends at a check behind the right, so that nothing changes.
import type { CallKey } from '../../contract/call.ts';
import type { AssignmentStanding } from '../../domain/access/relation.ts';
import { VERBS, type Verb } from '../../domain/assignment/command.ts';
import type { VerbKey } from '../../domain/assignment/verb-access.ts';
import type { FACET_TABLE } from '../../domain/access/call-table.ts';
import {
  BURNT,
  DIRECTIVE,
  DIRECTIVE_BODY,
  DRAFT,
  LEAF,
  NODE,
  OF_NODE,
  OF_UNSIGNED,
  PAPER,
  UNSIGNED,
  type CastStage,
} from './access-stage.ts';

export type AccessSample = {
  /** With everything in it; the method is the call's. */
  path: string;
  body?: unknown;
  /** Sent as the field `file` of a form. */
  upload?: true;
  headers?: Record<string, string>;
  /** The status behind the right; 200 is the usual one. */
  passes?: number;
  /** Where it is not the assignment of the cast. */
  standing?: AssignmentStanding;
  /** The head alone: the answer has no end. */
  head?: true;
  /** Few are answered at a time. */
  oneByOne?: true;
};

const OLD = { 'if-match': '"999"' };
const USED = { 'idempotency-key': BURNT };
/** Refused as outdated, which comes after 403 and before the state. */
const outdated = (path: string, body?: unknown): AccessSample => ({ path, body, headers: OLD, passes: 412 });
/** Refused as a key used for another request, which comes after 403. */
const used = (path: string, body: unknown = {}): AccessSample => ({ path, body, headers: USED, passes: 422 });
/** What is missing is 422, which comes after 403. */
const empty = (path: string): AccessSample => ({ path, body: {}, passes: 422 });

const BODIES: Partial<Record<Verb, unknown>> = {
  'decide-extension': { grant: true },
  'decide-decline': { accept: true },
  decompose: { receivers: [{ unit: 'XH' }] },
  share: { to: 'XH' },
  escalate: { rung: 0 },
};

const verbs = Object.fromEntries(
  VERBS.map((verb) => [
    `POST /assignments/{id}/${verb}`,
    outdated(`/assignments/${LEAF}/${verb}`, BODIES[verb] ?? {}),
  ]),
) as Record<VerbKey, AccessSample>;

const rows = '?item=sites&field=list';

/** A call of the contract without its sample does not compile. */
export const samplesOf = ({ ids }: CastStage): Record<CallKey, AccessSample> => ({
  ...verbs,
  // Too few words to be counted as a try.
  'POST /session': { path: '/session', body: {}, passes: 400 },
  'GET /compliance': { path: '/compliance' },
  'GET /sign-in-methods': { path: '/sign-in-methods' },
  // Open to everybody, and not there: this installation has no provider.
  'GET /session/oidc': { path: '/session/oidc', passes: 404 },
  'GET /session/oidc/callback': { path: '/session/oidc/callback', passes: 404 },
  'POST /session/oidc/logout': { path: '/session/oidc/logout', body: {}, passes: 404 },
  'DELETE /session': { path: '/session', passes: 204 },
  'GET /sessions': { path: '/sessions' },
  'DELETE /sessions/{id}': { path: `/sessions/${ids.session}`, passes: 204 },
  'GET /me': { path: '/me' },
  'GET /me/work': { path: '/me/work' },
  'POST /people/{id}/password': empty('/people/holder/password'),
  'POST /tokens': { path: '/tokens', body: { name: '又一个' }, passes: 201 },
  'GET /tokens': { path: '/tokens' },
  'DELETE /tokens/{id}': { path: `/tokens/${ids.token}`, passes: 204 },

  'GET /units': { path: '/units' },
  'GET /units/{code}': { path: '/units/DD' },
  'POST /units': empty('/units'),
  'PATCH /units/{code}': { path: '/units/DD', body: {} },
  'GET /people': { path: '/people' },
  'GET /people/{id}': { path: '/people/holder' },
  'POST /people': empty('/people'),
  'PATCH /people/{id}': { path: '/people/holder', body: {} },
  'GET /task-forces': { path: '/task-forces' },
  'GET /task-forces/{code}': { path: '/task-forces/TF' },
  'POST /task-forces': empty('/task-forces'),
  'PATCH /task-forces/{code}': { path: '/task-forces/TF', body: {} },
  'GET /posts': { path: '/posts' },
  'GET /posts/{id}': { path: `/posts/${ids.post}` },
  'POST /posts': empty('/posts'),
  'PATCH /posts/{id}': { path: `/posts/${ids.post}`, body: {} },
  'POST /organisation/import': { path: '/organisation/import?dryRun=true', body: {} },
  'GET /organisation/export': { path: '/organisation/export' },
  'GET /organisation/events': { path: '/organisation/events' },

  'GET /audit/events': { path: '/audit/events' },
  'GET /audit/verify': { path: '/audit/verify' },
  'GET /audit/checkpoints': { path: '/audit/checkpoints' },
  'POST /audit/checkpoints': { path: '/audit/checkpoints', body: {}, passes: 201 },
  'GET /audit/checkpoints/{n}': { path: '/audit/checkpoints/1' },
  'GET /audit/key': { path: '/audit/key' },
  'GET /directives/{id}/archive': {
    path: `/directives/${DIRECTIVE}/archive`,
    oneByOne: true,
  },

  'GET /calendars': { path: '/calendars' },
  'GET /calendars/{id}': { path: '/calendars/work' },
  'GET /calendars/{id}/days': { path: '/calendars/work/days?from=2026-11-01&to=2026-11-02' },
  'PUT /calendars/{id}': empty('/calendars/work'),
  'POST /calendars/{id}/notice': empty('/calendars/work/notice'),
  'POST /calendars/{id}/preview': empty('/calendars/work/preview'),
  'GET /policies': { path: '/policies' },
  'GET /policies/{name}': { path: '/policies/standard' },
  'PUT /policies/{name}': { path: '/policies/another', body: {} },

  'GET /forms': { path: '/forms' },
  'GET /forms/{name}': { path: '/forms/kept' },
  'GET /forms/{name}/versions': { path: '/forms/kept/versions' },
  'GET /forms/{name}/versions/{version}': { path: '/forms/kept/versions/1' },
  'PUT /forms/{name}': empty('/forms/another'),
  'POST /forms/{name}/clone': empty('/forms/kept/clone'),
  'GET /elements': { path: '/elements' },
  'GET /elements/{key}': { path: '/elements/n' },
  'PUT /elements/{key}': empty('/elements/m'),
  'GET /forms/{name}/templates': { path: '/forms/kept/templates' },
  'GET /forms/{name}/templates/{template}': { path: '/forms/kept/templates/sheet' },
  'PUT /forms/{name}/templates/{template}': empty('/forms/kept/templates/another'),

  'GET /notifications': { path: '/notifications' },
  'GET /notifications/unread': { path: '/notifications/unread' },
  'POST /notifications/read-all': used('/notifications/read-all', { upTo: '1' }),
  'POST /notifications/{id}/read': { path: `/notifications/${ids.notification}/read`, body: {} },
  'GET /notifications/deliveries': { path: '/notifications/deliveries' },
  'GET /me/preferences': { path: '/me/preferences' },
  'PUT /me/preferences': { path: '/me/preferences', body: {} },
  'GET /stream': { path: '/stream', head: true },
  'GET /endpoints': { path: '/endpoints' },
  'GET /endpoints/{id}': { path: '/endpoints/e1' },
  'POST /endpoints': empty('/endpoints'),
  'PATCH /endpoints/{id}': { path: '/endpoints/e1', body: {} },
  'DELETE /endpoints/{id}': { path: '/endpoints/e2', passes: 204 },
  'POST /endpoints/{id}/test': used('/endpoints/e1/test'),
  'GET /l/{token}': { path: `/l/${ids.link}` },
  'POST /l/{token}': { path: `/l/${ids.link}` },

  'POST /files': { path: '/files', upload: true, passes: 201 },
  'GET /files/{id}': { path: `/files/${ids.file}` },

  'GET /board': { path: '/board' },
  'GET /directives/{id}/stuck': { path: `/directives/${DIRECTIVE}/stuck` },
  'GET /me/nodes': { path: '/me/nodes' },
  'GET /review': { path: '/review' },
  'GET /assignments/{id}/receivers': { path: `/assignments/${NODE}/receivers`, standing: OF_NODE },
  'POST /downloads': { path: '/downloads', body: { path: `/files/${ids.file}` }, passes: 201 },
  // Known to nobody, and so refused to everybody alike.
  'GET /g/{token}': { path: '/g/none', passes: 404 },
  'GET /directives': { path: '/directives' },
  'GET /directives/{id}': { path: `/directives/${DIRECTIVE}` },
  'POST /directives': { path: '/directives', body: DIRECTIVE_BODY, passes: 409 },
  'POST /directives/preview': {
    path: '/directives/preview',
    body: { ...DIRECTIVE_BODY, id: 'p', number: 'L-3' },
  },
  'PUT /directives/{id}': outdated(`/directives/${DRAFT}`, DIRECTIVE_BODY),
  'DELETE /directives/{id}': outdated(`/directives/${DRAFT}`),
  'POST /directives/{id}/issue': used(`/directives/${DRAFT}/issue`),
  'POST /directives/{id}/copy': empty(`/directives/${DIRECTIVE}/copy`),
  'POST /directives/{id}/cancel': empty(`/directives/${DIRECTIVE}/cancel`),
  'POST /directives/{id}/close': used(`/directives/${DIRECTIVE}/close`),
  'POST /directives/{id}/urge': used(`/directives/${DIRECTIVE}/urge`),
  'POST /directives/{id}/amend': empty(`/directives/${DIRECTIVE}/amend`),
  'POST /directives/{id}/amend/preview': empty(`/directives/${DIRECTIVE}/amend/preview`),
  'GET /directives/{id}/amendments': { path: `/directives/${DIRECTIVE}/amendments` },
  'GET /directives/{id}/tree': { path: `/directives/${DIRECTIVE}/tree` },
  'GET /directives/{id}/events': { path: `/directives/${DIRECTIVE}/events` },
  'POST /directives/{id}/hand-up': used(`/directives/${DIRECTIVE}/hand-up`),
  'GET /directives/{id}/hand-ups': { path: `/directives/${DIRECTIVE}/hand-ups` },
  'GET /directives/{id}/hand-ups/{n}': { path: `/directives/${DIRECTIVE}/hand-ups/1` },
  'GET /directives/{id}/hand-ups/{n}/document.docx': {
    oneByOne: true,
    path: `/directives/${DIRECTIVE}/hand-ups/1/document.docx?item=paper`,
  },
  'GET /directives/{id}/document': { path: `/directives/${DIRECTIVE}/document` },
  'GET /directives/{id}/document.docx': { oneByOne: true, path: `/directives/${DIRECTIVE}/document.docx` },
  'GET /directives/{id}/summary': { oneByOne: true, path: `/directives/${DIRECTIVE}/summary` },
  'GET /directives/{id}/summary/rows': {
    oneByOne: true,
    path: `/directives/${DIRECTIVE}/summary/rows${rows}`,
  },
  'GET /directives/{id}/summary/rows.csv': {
    oneByOne: true,
    path: `/directives/${DIRECTIVE}/summary/rows.csv${rows}`,
  },
  'GET /directives/{id}/summary.xlsx': { oneByOne: true, path: `/directives/${DIRECTIVE}/summary.xlsx` },
  'GET /directives/{id}/summary.docx': { oneByOne: true, path: `/directives/${DIRECTIVE}/summary.docx` },
  'GET /figures/over-time': { path: `/figures/over-time?directives=${DIRECTIVE}&item=sites&field=n` },

  'GET /assignments': { path: `/assignments?directive=${DIRECTIVE}` },
  'GET /assignments/{id}': { path: `/assignments/${LEAF}` },
  'GET /assignments/{id}/page': { path: `/assignments/${LEAF}/page` },
  'GET /assignments/{id}/events': { path: `/assignments/${LEAF}/events` },
  'GET /assignments/{id}/form': { path: `/assignments/${LEAF}/form` },
  'GET /assignments/{id}/submissions': { path: `/assignments/${LEAF}/submissions` },
  'GET /assignments/{id}/submissions/{version}': { path: `/assignments/${LEAF}/submissions/1` },
  'GET /assignments/{id}/parts': { path: `/assignments/${NODE}/parts`, standing: OF_NODE },
  'GET /assignments/{id}/parts/{version}': { path: `/assignments/${NODE}/parts/1`, standing: OF_NODE },
  'GET /assignments/{id}/outliers': { path: `/assignments/${NODE}/outliers`, standing: OF_NODE },
  'GET /assignments/{id}/sheet.xlsx': { oneByOne: true, path: `/assignments/${LEAF}/sheet.xlsx` },
  'POST /assignments/{id}/sheet': {
    path: `/assignments/${LEAF}/sheet`,
    upload: true,
    passes: 415,
    oneByOne: true,
  },
  'POST /assignments/{id}/sheet/reports': {
    path: `/assignments/${LEAF}/sheet/reports`,
    upload: true,
    passes: 415,
    oneByOne: true,
  },
  'POST /assignments/{id}/urge-below': { ...used(`/assignments/${NODE}/urge-below`), standing: OF_NODE },
  'GET /assignments/{id}/document': { path: `/assignments/${PAPER}/document` },
  'GET /assignments/{id}/document.docx': {
    oneByOne: true,
    path: `/assignments/${PAPER}/document.docx`,
  },
  'GET /assignments/{id}/summary': { oneByOne: true, path: `/assignments/${LEAF}/summary` },
  'GET /assignments/{id}/summary/rows': {
    oneByOne: true,
    path: `/assignments/${LEAF}/summary/rows?field=list`,
  },
  'GET /assignments/{id}/summary/rows.csv': {
    oneByOne: true,
    path: `/assignments/${LEAF}/summary/rows.csv?field=list`,
  },
  'GET /assignments/{id}/summary.xlsx': { oneByOne: true, path: `/assignments/${LEAF}/summary.xlsx` },
  'GET /assignments/{id}/summary.docx': { oneByOne: true, path: `/assignments/${LEAF}/summary.docx` },
  'GET /assignments/{id}/summary/lineage': {
    oneByOne: true,
    path: `/assignments/${LEAF}/summary/lineage?field=n`,
  },
  'POST /commands': {
    path: '/commands',
    body: [{ assignment: LEAF, command: 'acknowledge', ifMatch: 999 }],
  },
  'GET /slips': { path: '/slips' },
  'GET /slips/{id}': { path: `/slips/${ids.slip}` },
  'GET /slips/{id}/document': { path: `/slips/${ids.slip}/document` },

  'GET /healthz': { path: '/healthz' },
  'GET /readyz': { path: '/readyz' },
  'GET /metrics': { path: '/metrics' },
});

/** What is asked besides. */
export const FACET_SAMPLES: Record<keyof typeof FACET_TABLE, AccessSample> = {
  tokenForAnother: { path: '/tokens', body: { name: '代办', person: 'admin' }, passes: 201 },
  deliveriesOfAnother: { path: '/notifications/deliveries?person=holder' },
  formKept: { ...outdated('/forms/kept', { title: '改了', fields: [] }) },
  templateKept: empty('/forms/kept/templates/sheet'),
  workbookOfNode: { path: `/assignments/${NODE}/sheet.xlsx`, standing: OF_NODE },
  unsignedReport: { path: `/assignments/${UNSIGNED}/submissions/1`, standing: OF_UNSIGNED },
  unapprovedSummary: { path: `/assignments/${LEAF}/summary?basis=reported` },
  unapprovedDocument: { path: `/assignments/${PAPER}/document?basis=reported` },
};
