// The ground the other integration tests stand on.
import { Client } from '@temporalio/client';
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createDatabase, createNamespace } from '../../support/stack.ts';

const UNIT = defineSearchAttributeKey('ZhuanbanUnit', 'KEYWORD');

describe('the test stack', () => {
  it('gives each file a migrated database of its own, and takes it away again', async () => {
    const [one, two] = await Promise.all([createDatabase(), createDatabase()]);
    const client = new pg.Client({ connectionString: one.url });
    client.on('error', () => undefined);
    await client.connect();
    expect((await client.query('select from migration')).rowCount).toBeGreaterThan(0);
    await client.query('create table only_here ()');
    await two.drop();
    await one.drop();
    await expect(new pg.Client({ connectionString: one.url }).connect()).rejects.toThrow('does not exist');
  });

  it('gives each file a namespace that knows the search attributes', async () => {
    const { connection, namespace, close } = await createNamespace();
    const client = new Client({ connection, namespace });
    const typedSearchAttributes = new TypedSearchAttributes([{ key: UNIT, value: 'd' }]);
    const options = { taskQueue: 'nobody', workflowId: 'd', typedSearchAttributes };
    await client.workflow.start('anything', options);
    const description = await client.workflow.getHandle('d').describe();
    expect(description.typedSearchAttributes.get(UNIT)).toBe('d');
    await client.workflow.getHandle('d').terminate();
    await close();
  });
});
