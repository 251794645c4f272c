// The browser's side: takes the data the server painted with, and makes the painted page live.
import './kit/tokens.css';
import './kit/base.css';
import { hydrateRoot } from 'react-dom/client';
import { WholePage } from './app/page.tsx';
import { makeRouter } from './app/router.tsx';
import { readSettings, SETTINGS_COOKIE } from './context/settings.ts';
import { readFirstData } from './app/first-data.ts';
import { serverNow, setCallLanguage, setCsrf } from './call/call.ts';
import { createQueries } from './call/read.ts';
import { listen } from './live/live.ts';

const cookie = (name: string): string | undefined =>
  document.cookie
    .split('; ')
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);

const first = readFirstData();
const settings = readSettings(cookie(SETTINGS_COOKIE));
setCallLanguage(settings.language);
setCsrf(first.csrf);
// `/` is painted as the person's landing screen: the address follows without another trip.
if (first.path !== null && location.pathname === '/') history.replaceState(null, '', first.path);

const queries = createQueries();
for (const [path, answer] of Object.entries(first.answers)) queries.setQueryData([path], answer);
const router = makeRouter();
// The server's markup has no boundaries of its own, so the browser's must have none either.
router.ssr = { manifest: undefined };

/** Not at the top of the module: older browsers do not wait there. */
async function begin(): Promise<void> {
  await router.load();
  const root = document.getElementById('page');
  if (root === null) throw new Error('the page has no place to be in');
  hydrateRoot(
    root,
    <WholePage router={router} queries={queries} settings={settings} now={first.now ?? serverNow()} />,
  );
  listen(queries);
  performance.mark('live');
}
void begin();
