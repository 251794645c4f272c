// Group robots and webhooks: addresses and secrets go in, and never come out (api.md §8).
import { z } from 'zod';
import { EndpointKind, EndpointPatch, NewEndpoint } from '../domain/delivery/endpoint.ts';
import { defineCall, NOTHING } from './call.ts';
import { DeliveryAnswer } from './deliveries.ts';
import { published } from './naming.ts';
import { pageAnswer, PageQuery } from './page.ts';

export const EndpointAnswer = published(
  'Endpoint',
  z.strictObject({
    id: z.string(),
    kind: EndpointKind,
    name: z.string(),
    place: z
      .union([z.strictObject({ unit: z.string() }), z.strictObject({ taskForce: z.string() })])
      .nullable(),
    /** The host and the last characters; the rest is a secret. */
    url: z.string(),
    hasSecret: z.boolean(),
    types: z.array(z.string()).nullable(),
  }),
);
export type EndpointAnswer = z.output<typeof EndpointAnswer>;
const tag = 'endpoints';

export const ENDPOINT_CALLS = {
  list: defineCall({
    method: 'get',
    path: '/endpoints',
    tag,
    summary: 'Group robots and webhooks (administrator)',
    query: PageQuery,
    answers: { 200: pageAnswer(EndpointAnswer) },
  }),
  read: defineCall({
    method: 'get',
    path: '/endpoints/{id}',
    tag,
    summary: 'One of them',
    answers: { 200: EndpointAnswer },
  }),
  add: defineCall({
    method: 'post',
    path: '/endpoints',
    tag,
    summary: 'Adds a robot or a webhook; address and secret are never shown again',
    body: NewEndpoint,
    bodyFaults: 'document',
    answers: { 201: EndpointAnswer },
  }),
  change: defineCall({
    method: 'patch',
    path: '/endpoints/{id}',
    tag,
    summary: 'Changes one',
    body: EndpointPatch,
    bodyFaults: 'document',
    answers: { 200: EndpointAnswer },
  }),
  remove: defineCall({
    method: 'delete',
    path: '/endpoints/{id}',
    tag,
    summary: 'Removes one and its secrets',
    answers: { 204: NOTHING },
  }),
  test: defineCall({
    method: 'post',
    path: '/endpoints/{id}/test',
    tag,
    summary: 'Sends it one message now; `said` is what the other side answered',
    body: z.strictObject({}),
    answers: { 200: DeliveryAnswer },
  }),
};
