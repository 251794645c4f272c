// What an integration test stands on: a database of its own and a Temporal namespace of its own, on the run's one stack.
//
//   const database = await createDatabase();        a clone of the migrated template, about 50 ms
//   const clockwork = await createNamespace();      knows the search attributes, about 30 ms
//   afterAll(async () => { await clockwork.close(); await database.drop(); });
//
// Both are cheap enough for one each test file; nothing is shared between files, so ids need not be unique
// across them and files may run at the same time. Stop workers and end pools before closing and dropping.
import { randomBytes } from 'node:crypto';
import { Connection } from '@temporalio/client';
import pg from 'pg';
import { prepareNamespace } from '../../command/namespace.ts';

export const TEMPLATE = 'zhuanban_template';
/** PostgreSQL's own database, without our tables. */
export const EMPTY = 'template0';

export type TestDatabase = { url: string; drop: () => Promise<void> };
export type TestNamespace = {
  /** `host:port` of the run's Temporal server. */
  address: string;
  namespace: string;
  /** An open connection for clients; workers take a NativeConnection to `address`. */
  connection: Connection;
  close: () => Promise<void>;
};

/** Addresses set by global-setup.ts; only the integration tier has them. */
export function stackAddresses(): { postgresUrl: string; temporalAddress: string; workflowBundle: string } {
  const {
    ZHUANBAN_TEST_PG: postgresUrl,
    ZHUANBAN_TEST_TEMPORAL: temporalAddress,
    ZHUANBAN_TEST_WORKFLOWS: workflowBundle,
  } = process.env;
  if (postgresUrl === undefined || temporalAddress === undefined || workflowBundle === undefined)
    throw new Error('no test stack: this file belongs under tests/integration');
  return { postgresUrl, temporalAddress, workflowBundle };
}

/** A clone of the migrated template, or an empty database. `drop` ends all connections to it. */
export async function createDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const { postgresUrl } = stackAddresses();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await administer(postgresUrl, `create database ${name} template ${template}`);
  return {
    url: databaseUrl(postgresUrl, name),
    drop: async () => administer(postgresUrl, `drop database if exists ${name} with (force)`),
  };
}

/** A fresh namespace with the search attributes of the workflows; it goes with the server at the end of the run. */
export async function createNamespace(): Promise<TestNamespace> {
  const { temporalAddress: address } = stackAddresses();
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  await prepareNamespace(connection, namespace);
  return {
    address,
    namespace,
    connection,
    close: async () => {
      await connection.close();
    },
  };
}

/** The same server, another database. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/** One statement on a connection of its own; `create` and `drop database` take no transaction. */
export async function administer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
