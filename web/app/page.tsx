// The whole page: what both sides, server and browser, render alike from the same data.
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ToastPlace } from '../kit/toast.tsx';
import { ClockProvider } from '../context/clock.tsx';
import type { PageRouter } from './router.tsx';
import type { Settings } from '../context/settings.ts';
import { SettingsProvider } from '../context/settings-context.tsx';

export type PageProps = {
  router: PageRouter;
  queries: QueryClient;
  settings: Settings;
  /** Epoch milliseconds of the server. */
  now: number;
};

export function WholePage({ router, queries, settings, now }: PageProps): ReactNode {
  return (
    <QueryClientProvider client={queries}>
      <SettingsProvider initial={settings}>
        <ClockProvider initial={now}>
          <ToastPlace>
            <RouterProvider router={router} />
          </ToastPlace>
        </ClockProvider>
      </SettingsProvider>
    </QueryClientProvider>
  );
}
