// The HTTP application: what every request passes, and the list of routes.
import express, { Router, type Express } from 'express';
import helmet from 'helmet';
import { authenticate, createSignIns } from './access/authenticate.ts';
import type { ApiDeps, RouteDeps } from './deps.ts';
import { createDocxReader } from '../ooxml/document/reading/docx-reader.ts';
import { answerErrors, unknownRoute } from './errors.ts';
import { observeRequests } from './observe.ts';
import { requestLog } from './request.ts';
import { createHandingIn } from './reporting/handing-in.ts';
import { amendmentsRouter } from './routes/amendments.ts';
import { assignmentsRouter } from './routes/assignments.ts';
import { calendarsRouter } from './routes/calendars.ts';
import { commandsRouter } from './routes/commands.ts';
import { deliveriesRouter } from './routes/deliveries.ts';
import { copiesRouter } from './routes/copies.ts';
import { directivesRouter } from './routes/directives.ts';
import { draftsRouter } from './routes/drafts.ts';
import { directiveCourseRouter } from './routes/directive-course.ts';
import { directiveTreeRouter } from './routes/directive-tree.ts';
import { docsRouter } from './routes/docs.ts';
import { elementsRouter } from './routes/elements.ts';
import { documentsRouter } from './routes/documents.ts';
import { endpointsRouter } from './routes/endpoints.ts';
import { figuresRouter } from './routes/figures.ts';
import { filesRouter } from './routes/files.ts';
import { formsToFillRouter } from './routes/forms-to-fill.ts';
import { formsRouter } from './routes/forms.ts';
import { handUpsRouter } from './routes/hand-ups.ts';
import { healthRouter } from './routes/health.ts';
import { linksRouter } from './routes/links.ts';
import { notificationsRouter } from './routes/notifications.ts';
import { outliersRouter } from './routes/outliers.ts';
import { organisationRouter } from './routes/organisation.ts';
import { peopleRouter } from './routes/people.ts';
import { postsRouter } from './routes/posts.ts';
import { preferencesRouter } from './routes/preferences.ts';
import { sessionRouter, signInRouter } from './routes/session.ts';
import { sheetsRouter } from './routes/sheets.ts';
import { slipsRouter } from './routes/slips.ts';
import { taskForcesRouter } from './routes/task-forces.ts';
import { streamRouter } from './routes/stream.ts';
import { submissionsRouter } from './routes/submissions.ts';
import { summariesRouter } from './routes/summaries.ts';
import { summaryRowsRouter } from './routes/summary-rows.ts';
import { createSummaryMaker } from './summaries/summary-maker.ts';
import { summaryExportsRouter } from './routes/summary-exports.ts';
import { templatesRouter } from './routes/templates.ts';
import { tokensRouter } from './routes/tokens.ts';
import { urgingRouter } from './routes/urging.ts';
import { unitsRouter } from './routes/units.ts';
import { policiesRouter } from './routes/policies.ts';

type RouterOf = (deps: RouteDeps) => Router;

/** Mounted under /api/v1 before anybody is known. */
const OPEN: RouterOf[] = [signInRouter];

/** Mounted under /api/v1 for whoever is signed in. */
const SIGNED_IN: RouterOf[] = [
  // First: nine requests in ten are commands, and every router before them costs each of them its look.
  commandsRouter,
  sessionRouter,
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
  directivesRouter,
  draftsRouter,
  directiveCourseRouter,
  directiveTreeRouter,
  amendmentsRouter,
  copiesRouter,
  handUpsRouter,
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
];

/** Beside the API: the contract, health, metrics, and links that need nobody signed in. */
const ROOT: RouterOf[] = [healthRouter, linksRouter, docsRouter];

const securityHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      // The page's and the documentation's component libraries set styles on elements.
      styleSrc: ["'self'", "'unsafe-inline'"],
      objectSrc: ["'none'"],
      baseUri: ["'self'"],
      frameAncestors: ["'none'"],
      formAction: ["'self'"],
    },
  },
});

function apiRouter(deps: RouteDeps): Router {
  const router = Router();
  router.use((_req, res, next) => {
    res.setHeader('cache-control', 'no-store');
    next();
  });
  for (const routes of OPEN) router.use(routes(deps));
  router.use(authenticate(deps.signIns));
  for (const routes of SIGNED_IN) router.use(routes(deps));
  return router;
}

export function createApp(given: ApiDeps): Express {
  const docx = createDocxReader(given.threads, given.files);
  const deps: RouteDeps = {
    ...given,
    signIns: createSignIns(given.pool),
    docx,
    summaries: createSummaryMaker(given.threads, given.pool, given.small),
    door: createHandingIn({ ...given, docx }),
  };
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(requestLog(deps));
  if (deps.traceRequests !== undefined) app.use(deps.traceRequests);
  app.use(observeRequests(deps.metrics));
  app.use(securityHeaders);
  app.use('/api/v1', apiRouter(deps));
  for (const routes of ROOT) app.use(routes(deps));
  app.use(unknownRoute);
  app.use(answerErrors(deps));
  return app;
}
