// A file store outside the machine: away and back, slow, refusing, altering what it was given; and moving into it.
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileStore, type FileStore } from '../../../files/file-store.ts';
import { fileRecord } from '../../../db/queries/file.ts';
import { removeOrphans } from '../../../files/orphan-files.ts';
import { createS3Store, type S3Place } from '../../../files/s3-store.ts';
import { StoreAway } from '../../../files/store-away.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { openLine } from '../../support/cuttable.ts';
import { startS3, type S3Server } from '../../support/s3-server.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

const IMPATIENT = { connectMs: 500, idleMs: 1_000, answerMs: 500, putMs: 500 };
const NOBODYS = '00000000-0000-4000-8000-000000000000';

let server: S3Server;
let folder: string;
let files: FileStore;
let api: TestApi;
beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-bucket-test-'));
  server = await startS3();
  files = createS3Store(server.place, folder);
  api = await startApi({ files });
});
afterAll(async () => {
  await api.close();
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const send = (content: string, language = 'zh'): Promise<Response> => {
  const body = new FormData();
  body.append('file', new Blob([content]), 'notice.txt');
  const headers = { authorization: `Bearer ${api.token}`, 'accept-language': language };
  return fetchChecked(`${api.url}/api/v1/files`, { method: 'POST', body, headers });
};
const idOf = async (response: Promise<Response>): Promise<string> =>
  ((await (await response).json()) as { id: string }).id;
const load = (id: string): Promise<Response> =>
  fetchChecked(`${api.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${api.token}` } });
const filesIn = (where: string): string[] =>
  existsSync(where)
    ? readdirSync(where, { recursive: true, withFileTypes: true }).flatMap((each) =>
        each.isFile() ? [each.name] : [],
      )
    : [];
const rowsOf = async (): Promise<number> =>
  (await api.pool.query<{ count: number }>('select count(*)::int as count from file')).rows[0]?.count ?? -1;
const received = (store: FileStore, content: string) =>
  store.receive(Readable.from([Buffer.from(content)]), 1_000);

describe('a store that is away', () => {
  it('is said to be, loses nothing, leaves nothing half done, and takes files again when it is back', async () => {
    const before = await idOf(send('before'));
    const rows = await rowsOf();
    await server.stop();
    const refused = await send('meanwhile', 'en');
    expect([refused.status, refused.headers.get('retry-after'), await refused.json()]).toEqual([
      503,
      '10',
      expect.objectContaining({
        code: 'FILE_STORE_AWAY',
        detail: 'The file store is away; try again shortly',
      }),
    ]);
    expect(((await (await send('meanwhile')).json()) as { detail: string }).detail).toBe(
      '附件存储暂不可用，请稍后再试',
    );
    const unread = await load(before);
    expect([
      unread.status,
      unread.headers.get('content-disposition'),
      unread.headers.get('repr-digest'),
    ]).toEqual([503, null, null]);
    expect(
      (await fetchChecked(`${api.url}/api/v1/me`, { headers: { authorization: `Bearer ${api.token}` } }))
        .status,
    ).toBe(200);
    const ready = await fetchChecked(`${api.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, expect.objectContaining({ files: 'away' })]);
    expect([await rowsOf(), filesIn(folder)]).toEqual([rows, []]);
    await server.start();
    expect(await (await load(before)).text()).toBe('before');
    expect((await send('after')).status).toBe(201);
  });

  it('is waited for no longer than agreed when it never answers', async () => {
    const silent = net.createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    const store = createS3Store({ ...server.place, endpoint }, folder, IMPATIENT);
    const since = Date.now();
    await expect(store.keep(await received(store, 'x'))).rejects.toThrow(StoreAway);
    await expect(store.open(NOBODYS)).rejects.toThrow(StoreAway);
    expect(Date.now() - since).toBeLessThan(10_000);
    expect(filesIn(folder)).toEqual([]);
    silent.close();
  });

  it('is asked again where the line breaks for a moment', async () => {
    const line = await openLine(new URL(server.place.endpoint ?? '').host);
    const store = createS3Store({ ...server.place, endpoint: `http://${line.address}` }, folder);
    const first = await received(store, 'first');
    await store.keep(first);
    const second = await received(store, 'second');
    await line.cut();
    const keeping = store.keep(second);
    setTimeout(() => void line.mend(), 50);
    await keeping;
    expect(await text(await store.open(second.id))).toBe('second');
    await line.close();
  });

  it.each<[string, Partial<S3Place>]>([
    ['has no such bucket', { bucket: 'nobody' }],
    ['does not know the keys', { keys: { access: 'stranger1', secret: 'stranger-secret' } }],
  ])('is also one that %s', async (_, other) => {
    const store = createS3Store({ ...server.place, ...other }, folder);
    await expect(store.open(NOBODYS)).rejects.toThrow(StoreAway);
    await expect(store.keep(await received(store, 'x'))).rejects.toThrow(StoreAway);
    await expect(store.ping?.()).rejects.toThrow();
    expect(filesIn(folder)).toEqual([]);
  });

  it('is also a folder that cannot be written', async () => {
    const file = path.join(folder, 'a-file');
    writeFileSync(file, '');
    await expect(received(createFileStore(file), 'x')).rejects.toThrow(StoreAway);
    rmSync(file);
  });
});

describe('a bucket', () => {
  it('has a folder’s files under their ids once they are copied into it', async () => {
    const old = mkdtempSync(path.join(os.tmpdir(), 'zhuanban-folder-test-'));
    const before = createFileStore(old);
    const kept = await received(before, 'from the folder');
    await before.keep(kept);
    await server.stop();
    cpSync(old, server.folder, { recursive: true });
    await server.start();
    expect(await text(await files.open(kept.id))).toBe('from the folder');
    rmSync(old, { recursive: true });
  });

  it('never passes on bytes that are not those it was given', async () => {
    const id = await idOf(send('the right words'));
    const [name] = filesIn(server.folder).filter((each) => each === id);
    expect(name).toBe(id);
    await server.stop();
    writeFileSync(path.join(server.folder, id.slice(0, 2), id), 'the wrong words');
    await server.start();
    await expect(load(id).then((response) => response.text())).rejects.toThrow();
  });

  it('is swept of what nobody knows, and of nothing that is not ours', async () => {
    const known = await idOf(send('known'));
    const unknown = await received(files, 'unknown');
    await files.keep(unknown);
    // What an uploader that died has left on this machine goes too, though its row may be known.
    const incoming = path.join(folder, 'incoming');
    mkdirSync(incoming, { recursive: true });
    writeFileSync(path.join(incoming, known), 'left');
    await server.stop();
    writeFileSync(path.join(server.folder, 'readme.txt'), 'not ours');
    const dayOld = new Date(Date.now() - 25 * 3_600_000);
    for (const each of [known, unknown.id, 'readme.txt']) {
      const where = each === 'readme.txt' ? server.folder : path.join(server.folder, each.slice(0, 2));
      utimesSync(path.join(where, each), dayOld, dayOld);
    }
    utimesSync(path.join(incoming, known), dayOld, dayOld);
    await server.start();
    expect(await removeOrphans(fileRecord(api.pool), files)).toBe(2);
    expect(filesIn(server.folder)).toEqual(expect.arrayContaining([known, 'readme.txt']));
    expect(filesIn(server.folder)).not.toContain(unknown.id);
    expect(filesIn(folder)).toEqual([]);
    expect(await removeOrphans(fileRecord(api.pool), files)).toBe(0);
  });
});
