// How a person wants to be told outside of the application, and the screen they begin with (api.md §8).
import { z } from 'zod';
import { LANDINGS } from '../domain/access/landing.ts';
import { Preferences } from '../domain/delivery/preferences.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';

export const PreferencesAnswer = published(
  'Preferences',
  Preferences.extend({
    /** The screen to land on; null: by one's posts. */
    landing: z.enum(LANDINGS).nullable().default(null),
  }),
);
const tag = 'notifications';

export const PREFERENCE_CALLS = {
  read: defineCall({
    method: 'get',
    path: '/me/preferences',
    tag,
    summary: 'How you want to be told outside of the application',
    answers: { 200: PreferencesAnswer },
  }),
  put: defineCall({
    method: 'put',
    path: '/me/preferences',
    tag,
    summary: 'Says it anew; what is left out is as usual',
    body: PreferencesAnswer,
    bodyFaults: 'document',
    answers: { 200: PreferencesAnswer },
  }),
};
