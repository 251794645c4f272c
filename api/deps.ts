// The dependencies of the routes: those from outside, and those the app makes of them.
import type { KeyObject } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { CalendarSource } from '../reading/calendars.ts';
import type { Clockwork } from '../command/clockwork.ts';
import type { CommandDoor } from '../command/batch.ts';
import type { SecurityLog } from '../command/security/security-log.ts';
import type { Sources } from '../reading/opening.ts';
import type { DirectorySource } from '../db/directory.ts';
import type { SessionLimits } from '../db/queries/session.ts';
import type { Pool } from '../db/pool.ts';
import type { SecretBox } from '../db/secret-box.ts';
import type { AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';
import type { Endpoint } from '../domain/delivery/endpoint.ts';
import type { UploadQuota } from '../domain/access/upload-room.ts';
import type { RetentionSettings } from '../domain/audit/compliance.ts';
import type { Millis } from '../domain/instant.ts';
import type { OidcProvider } from './oidc/provider.ts';
import type { KnownDevices } from './access/known-device.ts';
import type { SignIns } from '../command/account/sign-ins.ts';
import type { PaceOfCalls } from './pace.ts';
import type { DiskWatch } from '../db/disk-watch.ts';
import type { DocxReader } from '../ooxml/document/reading/docx-reader.ts';
import type { ThreadBudget } from '../ooxml/threads/thread-budget.ts';
import type { FileStore } from '../files/file-store.ts';
import type { HandingIn } from '../command/intake/handed-in.ts';
import type { SmallSummary, SummaryMaker } from './summaries/summary-maker.ts';
import type { Metrics } from '../command/metering/api-metrics.ts';
import type { PageArtefact } from './page-artefact.ts';

export type ApiDeps = {
  pool: Pool;
  directory: DirectorySource;
  calendars: CalendarSource;
  /** PostgreSQL's clock as far as this process knows it. */
  now(): Millis;
  log: Logger;
  /** The one door for commands on assignments. */
  commands: CommandDoor;
  /** Decisions depend on these besides the record itself. */
  sources: Sources;
  /** Told after a commit which desks' clockwork must look. */
  nudge(desks: readonly string[]): void;
  /** Assignments in one desk; the tests run with 5 as well. */
  deskLimit?: number;
  /** Summaries made at once rather than in a thread; the tests make all of them in threads as well. */
  small?: SmallSummary;
  /** Room on PostgreSQL's disk. */
  disk: DiskWatch;
  /** The budget all threads of this process share. */
  threads: ThreadBudget;
  /** Opens and seals the secrets of endpoints. */
  secrets: SecretBox;
  /** How fast one person and one network may ask for costly things; the tests try a slow one. */
  pace?: PaceOfCalls;
  /** Room for uploads that are attached to nothing; the configuration's. */
  uploadQuota?: UploadQuota;
  /** Where the bytes of uploaded files lie. */
  files: FileStore;
  /** Tells health how Temporal and the workers are. */
  clockwork: Clockwork;
  metrics: Metrics;
  /** Networks of proxies whose word on a caller's address is believed; none where it is left out. */
  trustedProxies?: readonly string[];
  /** The installation's own log, for what changes nothing: sign-ins, downloads. */
  security: SecurityLog;
  /** Signs checkpoints and archives. */
  signingKey: KeyObject;
  /** Where traces are wanted: makes a span of each request. */
  traceRequests?: RequestHandler;
  /** Sends one message to an endpoint now; resolves with the outcome, a failure too. */
  sendTest(endpoint: Endpoint, uid: string): Promise<AttemptOutcome>;
  /** For how long what is no part of the record is kept. */
  retention: RetentionSettings;
  /** When a session ends; left out, as usual. */
  sessions?: SessionLimits;
  /** The address people reach the installation at, where it is configured. */
  publicUrl?: string | null;
  /** Whom to tell of a weakness, as a URL. */
  securityContact?: string | null;
  /** The built page; without it `/` leads to the documentation of the API. */
  page?: PageArtefact | null;
  /** Single sign-on, where it is configured. */
  oidc?: { name: string; provider: OidcProvider } | null;
  /** Is this process about to end? Then it wants no more work. */
  isDraining?(): boolean;
};

/** A route file receives these: `export const xRouter = (deps: RouteDeps): Router => …`. */
export type RouteDeps = ApiDeps & {
  signIns: SignIns;
  devices: KnownDevices;
  docx: DocxReader;
  summaries: SummaryMaker;
  /** The way to the door, for all routes the same. */
  door: HandingIn;
};
