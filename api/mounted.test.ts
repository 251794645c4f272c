// Every call of the contract is mounted, and nothing is mounted beside it.
import { describe, expect, it } from '@jest/globals';
import { CALLS } from '../contract/calls.ts';
import { createApp } from './app.ts';
import type { ApiDeps } from './deps.ts';
import { expressPath } from './serve.ts';

/** Answers everything with itself: routes only ask of it when a request comes. */
const STAND_IN: unknown = new Proxy(() => undefined, {
  get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : STAND_IN),
  apply: () => STAND_IN,
  ownKeys: () => [],
});

const DEPS = Object.fromEntries(
  [
    'pool',
    'directory',
    'calendars',
    'now',
    'log',
    'commands',
    'sources',
    'nudge',
    'disk',
    'files',
    'clockwork',
    'metrics',
    'security',
    'signingKey',
    'retention',
    'sendTest',
    'threads',
  ].map((name) => [name, STAND_IN]),
) as unknown as ApiDeps;

type Layer = {
  route?: { path: string; methods: Record<string, boolean> };
  handle: { stack?: Layer[] };
};

/** Of a router and all within it: `get /units/:code`. */
const routesOf = (layers: readonly Layer[]): string[] =>
  layers.flatMap(({ route, handle }) =>
    route
      ? Object.keys(route.methods).map((method) => `${method} ${route.path}`)
      : routesOf(handle.stack ?? []),
  );

/** The contract itself to read, and where one is sent from `/`. */
const isPage = (route: string): boolean => /^get \/(?:docs.*|openapi\.json)?$/.test(route);

describe('createApp', () => {
  const { stack } = createApp(DEPS).router as unknown as { stack: Layer[] };
  const mounted = routesOf(stack).filter((route) => !isPage(route));

  it('mounts every call of the contract once, and nothing else', () => {
    const written = CALLS.map(({ method, path }) => `${method} ${expressPath(path)}`);
    expect(mounted.toSorted()).toEqual(written.toSorted());
  });
});
