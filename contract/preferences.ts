// How a person wants to be told outside of the application (api.md §8).
import { Preferences } from '../domain/delivery/preferences.ts';
import { defineCall } from './call.ts';
import { published } from './naming.ts';

published('Preferences', Preferences);
const tag = 'notifications';

export const PREFERENCE_CALLS = {
  read: defineCall({
    method: 'get',
    path: '/me/preferences',
    tag,
    summary: 'How you want to be told outside of the application',
    answers: { 200: Preferences },
  }),
  put: defineCall({
    method: 'put',
    path: '/me/preferences',
    tag,
    summary: 'Says it anew; what is left out is as usual',
    body: Preferences,
    bodyFaults: 'document',
    answers: { 200: Preferences },
  }),
};
