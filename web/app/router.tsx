// Every route of the page (page.md §3). The first screens are part of the entry; the others come when they are opened.
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouterHistory,
} from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { AssignmentScreen } from '../routes/assignment/assignment.tsx';
import { NothingHere } from '../routes/nothing/nothing.tsx';
import { OweScreen } from '../routes/owe/owe.tsx';
import { SignInScreen } from '../routes/sign-in/sign-in.tsx';
import { Gate } from './gate.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NothingHere });

/** Screens of signed-in people stand in the frame, behind the sign-in. */
const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  component: (): ReactNode => (
    <Gate>
      <Outlet />
    </Gate>
  ),
});

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (given: Record<string, unknown>): { to?: string } => {
    const to = text(given['to']);
    return to === undefined ? {} : { to };
  },
  component: SignInScreen,
});

export type OweSearch = { only?: string; post?: string; q?: string };
const owe = createRoute({
  getParentRoute: () => signedIn,
  path: '/owe',
  validateSearch: (given: Record<string, unknown>): OweSearch => {
    const [only, post, q] = [text(given['only']), text(given['post']), text(given['q'])];
    return {
      ...(only === undefined ? {} : { only }),
      ...(post === undefined ? {} : { post }),
      ...(q === undefined ? {} : { q }),
    };
  },
  component: OweScreen,
});

const assignment = createRoute({
  getParentRoute: () => signedIn,
  path: '/a/$id',
  validateSearch: (given: Record<string, unknown>): { show?: string } => {
    const show = text(given['show']);
    return show === undefined ? {} : { show };
  },
  component: AssignmentScreen,
});

const fill = createRoute({
  getParentRoute: () => signedIn,
  path: '/a/$id/fill',
  component: lazyRouteComponent(() => import('../routes/fill/fill.tsx'), 'FillScreen'),
});

const collect = createRoute({
  getParentRoute: () => signedIn,
  path: '/collect',
  component: lazyRouteComponent(() => import('../routes/collect/collect.tsx'), 'CollectScreen'),
});

const receivers = createRoute({
  getParentRoute: () => signedIn,
  path: '/a/$id/receivers',
  component: lazyRouteComponent(() => import('../routes/collect/receivers.tsx'), 'ReceiversScreen'),
});

const review = createRoute({
  getParentRoute: () => signedIn,
  path: '/review',
  validateSearch: (given: Record<string, unknown>): { node?: string } => {
    const node = text(given['node']);
    return node === undefined ? {} : { node };
  },
  component: lazyRouteComponent(() => import('../routes/review/review.tsx'), 'ReviewScreen'),
});

const board = createRoute({
  getParentRoute: () => signedIn,
  path: '/board',
  component: lazyRouteComponent(() => import('../routes/board/board.tsx'), 'BoardScreen'),
});

const directive = createRoute({
  getParentRoute: () => signedIn,
  path: '/d/$id',
  component: lazyRouteComponent(() => import('../routes/board/directive.tsx'), 'DirectiveScreen'),
});

const me = createRoute({
  getParentRoute: () => signedIn,
  path: '/me',
  component: lazyRouteComponent(() => import('../routes/me/me.tsx'), 'MeScreen'),
});

const tree = root.addChildren([
  signIn,
  signedIn.addChildren([owe, assignment, fill, collect, receivers, review, board, directive, me]),
]);

export type PageRouter = ReturnType<typeof makeRouter>;

export const makeRouter = (history?: RouterHistory) =>
  createRouter({
    routeTree: tree,
    ...(history === undefined ? {} : { history }),
    defaultPreload: 'intent',
    // Its script stands inline in what a server renders, and no inline script may run.
    scrollRestoration: history === undefined,
    defaultNotFoundComponent: NothingHere,
  });

export const serverHistory = (path: string): RouterHistory => createMemoryHistory({ initialEntries: [path] });

declare module '@tanstack/react-router' {
  interface Register {
    router: PageRouter;
  }
}
