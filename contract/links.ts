// One-time links from messages: a page that names the action, and its button (api.md §8).
import { defineCall, fileAnswer } from './call.ts';

const PAGE = fileAnswer('text/html');

export const LINK_CALLS = {
  ask: defineCall({
    method: 'get',
    path: '/l/{token}',
    at: 'root',
    open: true,
    tag: 'links',
    summary: 'What a one-time link from a message asks for; looking uses nothing up',
    answers: { 200: PAGE },
  }),
  use: defineCall({
    method: 'post',
    path: '/l/{token}',
    at: 'root',
    open: true,
    tag: 'links',
    summary: 'Does it, once, in the name of the person the link was sent to',
    once: false,
    answers: { 200: PAGE },
  }),
};
