// The HTTP application: the handlers every request passes, and the list of routes.
import express, { Router, type Express } from 'express';
import { authenticate } from './access/authenticate.ts';
import { createKnownDevices } from './access/known-device.ts';
import { createSignIns } from '../command/account/sign-ins.ts';
import { noteUntrustedProxy, trustProxies } from './address.ts';
import { createLargeBodies } from './bodies/large-bodies.ts';
import { knowGrants } from './access/right.ts';
import type { ApiDeps, RouteDeps } from './deps.ts';
import { createDocxReader } from '../ooxml/document/reading/docx-reader.ts';
import { createPace, USUAL_PACE } from './pace.ts';
import { answerErrors, unknownRoute } from './errors.ts';
import { observeRequests } from './observe.ts';
import { requestLog } from './request.ts';
import { securityHeaders } from './security-headers.ts';
import { createHandingIn } from '../command/intake/handing-in.ts';
import { amendmentsRouter } from './routes/directives/amendments.ts';
import { archiveRouter } from './routes/audit/archive.ts';
import { auditRouter } from './routes/audit/audit.ts';
import { assignmentsRouter } from './routes/assignments/assignments.ts';
import { calendarsRouter } from './routes/terms/calendars.ts';
import { commandsRouter } from './routes/assignments/commands.ts';
import { deliveriesRouter } from './routes/delivery/deliveries.ts';
import { copiesRouter } from './routes/directives/copies.ts';
import { directivesRouter } from './routes/directives/directives.ts';
import { boardRouter } from './routes/directives/board.ts';
import { draftsRouter } from './routes/directives/drafts.ts';
import { directiveCourseRouter } from './routes/directives/directive-course.ts';
import { directiveTreeRouter } from './routes/directives/directive-tree.ts';
import { docsRouter } from './routes/operations/docs.ts';
import { elementsRouter } from './routes/forms/elements.ts';
import { documentsRouter } from './routes/assignments/documents.ts';
import { endpointsRouter } from './routes/delivery/endpoints.ts';
import { figuresRouter } from './routes/summaries/figures.ts';
import { filesRouter } from './routes/assignments/files.ts';
import { formsToFillRouter } from './routes/assignments/forms-to-fill.ts';
import { formsRouter } from './routes/forms/forms.ts';
import { handUpsRouter } from './routes/directives/hand-ups.ts';
import { healthRouter } from './routes/operations/health.ts';
import { complianceRouter } from './routes/operations/compliance.ts';
import { securityTxtRouter } from './routes/operations/security-txt.ts';
import { linksRouter } from './routes/delivery/links.ts';
import { notificationsRouter } from './routes/delivery/notifications.ts';
import { outliersRouter } from './routes/summaries/outliers.ts';
import { organisationRouter } from './routes/organisation/organisation.ts';
import { peopleRouter } from './routes/organisation/people.ts';
import { postsRouter } from './routes/organisation/posts.ts';
import { preferencesRouter } from './routes/delivery/preferences.ts';
import { downloadRouter, downloadsRouter } from './routes/session/downloads.ts';
import { meRouter } from './routes/session/me.ts';
import { oidcRouter } from './routes/session/oidc.ts';
import { sessionRouter, signInRouter } from './routes/session/session.ts';
import { sessionsRouter } from './routes/session/sessions.ts';
import { screensRouter } from './routes/assignments/screens.ts';
import { sheetsRouter } from './routes/assignments/sheets.ts';
import { slipsRouter } from './routes/delivery/slips.ts';
import { taskForcesRouter } from './routes/organisation/task-forces.ts';
import { streamRouter } from './routes/delivery/stream.ts';
import { submissionsRouter } from './routes/assignments/submissions.ts';
import { summariesRouter } from './routes/summaries/summaries.ts';
import { summaryRowsRouter } from './routes/summaries/summary-rows.ts';
import { pageRouter } from './page/page.ts';
import { createSummaryMaker } from './summaries/summary-maker.ts';
import { summaryExportsRouter } from './routes/summaries/summary-exports.ts';
import { templatesRouter } from './routes/forms/templates.ts';
import { tokensRouter } from './routes/session/tokens.ts';
import { urgingRouter } from './routes/assignments/urging.ts';
import { unitsRouter } from './routes/organisation/units.ts';
import { policiesRouter } from './routes/terms/policies.ts';

type RouterOf = (deps: RouteDeps) => Router;

/** Mounted under /api/v1 before `authenticate`. */
const OPEN: RouterOf[] = [signInRouter, oidcRouter];

/** Mounted under /api/v1 for people who are signed in. */
const SIGNED_IN: RouterOf[] = [
  // First: nine requests in ten are commands, and every router before them costs each of them its look.
  commandsRouter,
  sessionRouter,
  meRouter,
  sessionsRouter,
  downloadsRouter,
  tokensRouter,
  organisationRouter,
  unitsRouter,
  peopleRouter,
  taskForcesRouter,
  postsRouter,
  policiesRouter,
  calendarsRouter,
  formsRouter,
  elementsRouter,
  templatesRouter,
  filesRouter,
  notificationsRouter,
  deliveriesRouter,
  preferencesRouter,
  endpointsRouter,
  streamRouter,
  boardRouter,
  directivesRouter,
  draftsRouter,
  directiveCourseRouter,
  directiveTreeRouter,
  amendmentsRouter,
  copiesRouter,
  handUpsRouter,
  screensRouter,
  assignmentsRouter,
  urgingRouter,
  formsToFillRouter,
  sheetsRouter,
  submissionsRouter,
  slipsRouter,
  summariesRouter,
  outliersRouter,
  figuresRouter,
  summaryExportsRouter,
  summaryRowsRouter,
  documentsRouter,
  auditRouter,
  complianceRouter,
  archiveRouter,
];

/** Beside the API: the contract, health, metrics, and links that work without signing in. */
const ROOT: RouterOf[] = [healthRouter, securityTxtRouter, linksRouter, docsRouter];

function signedInRouter(deps: RouteDeps): Router {
  const router = Router();
  router.use(knowGrants(deps));
  for (const routes of SIGNED_IN) router.use(routes(deps));
  return router;
}

function apiRouter(deps: RouteDeps, signedIn: Router): Router {
  const router = Router();
  const largeBodies = createLargeBodies(deps);
  const pace = createPace(deps.pace ?? USUAL_PACE);
  router.use((req, res, next) => {
    res.setHeader('cache-control', 'no-store');
    req.largeBodies = largeBodies;
    req.pace = pace;
    next();
  });
  for (const routes of OPEN) router.use(routes(deps));
  router.use(authenticate(deps.signIns, deps));
  router.use(signedIn);
  return router;
}

export function createApp(given: ApiDeps): Express {
  const docx = createDocxReader(given.threads, given.files);
  const deps: RouteDeps = {
    ...given,
    signIns: createSignIns(given),
    devices: createKnownDevices(given),
    docx,
    summaries: createSummaryMaker(given.threads, given.pool, given.small),
    door: createHandingIn({ ...given, docx }),
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  trustProxies(app, given.trustedProxies ?? []);
  app.use(requestLog(deps));
  app.use(noteUntrustedProxy(deps));
  app.use((req, _res, next) => {
    req.security = deps.security;
    next();
  });
  if (deps.traceRequests !== undefined) app.use(deps.traceRequests);
  app.use(observeRequests(deps.metrics));
  app.use(securityHeaders(given.publicUrl ?? null));
  const signedIn = signedInRouter(deps);
  app.use('/api/v1', apiRouter(deps, signedIn));
  app.use(downloadRouter(deps, signedIn));
  for (const routes of ROOT) app.use(routes(deps));
  if (given.page !== undefined && given.page !== null) app.use(pageRouter(deps, given.page));
  else
    app.get('/', (_req, res) => {
      res.redirect('/docs');
    });
  app.use(unknownRoute);
  app.use(answerErrors(deps));
  return app;
}
