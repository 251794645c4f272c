// The server's side: renders a path with its data to markup. Pure in what it is given: no clock, no network.
import { renderToString } from 'react-dom/server';
import { createQueries } from './call/read.ts';
import { WholePage } from './app/page.tsx';
import { makeRouter, serverHistory } from './app/router.tsx';
import { readSettings, rootAttributes, SETTINGS_COOKIE } from './context/settings.ts';
import { mayOpen, pagePlaceAt } from './app/places.ts';
import type { Me } from './context/me.ts';
import type { PageRendering } from './rendering.ts';

export const rendering: PageRendering = {
  settingsCookie: SETTINGS_COOKIE,
  rootAttributes: (cookie) => rootAttributes(readSettings(cookie)),
  languageOf: (cookie) => readSettings(cookie).language,
  isPlace: (path) => pagePlaceAt(path) !== null,
  // The answer of /me as it goes over the wire.
  mayOpen: (me, path) => mayOpen(me as Me, path),
  async render({ path, answers, now, cookie }) {
    const queries = createQueries();
    for (const [address, answer] of Object.entries(answers)) queries.setQueryData([address], answer);
    const router = makeRouter(serverHistory(path));
    await router.load();
    return renderToString(
      <WholePage router={router} queries={queries} settings={readSettings(cookie)} now={now} />,
    );
  },
};
