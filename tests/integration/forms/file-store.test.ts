// Files over HTTP, kept in a folder and in a bucket: in, known by their bytes, out to whoever sees what they belong to, swept away.
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createFileStore, type FileStore } from '../../../files/file-store.ts';
import { fileRecord } from '../../../db/queries/file.ts';
import { removeOrphans } from '../../../files/orphan-files.ts';
import { createS3Store } from '../../../files/s3-store.ts';
import { MAX_FILE_BYTES } from '../../../api/routes/assignments/files.ts';
import { inTransaction } from '../../../db/pool.ts';
import { insertAttachments, lockFiles } from '../../../db/queries/file.ts';
import { startApi, type TestApi } from '../../support/api.ts';
import { startS3 } from '../../support/s3-server.ts';
import { insertSmallRecord, tokenOf } from '../../support/small-record.ts';
import { fetchChecked } from '../../support/fetch-checked.ts';

type Answered = { status: number; body: Record<string, unknown> & { id: string } };

type Kept = {
  files: FileStore;
  /** Names of all files there are: those that come in, and those that are kept. */
  stored: () => string[];
  close: () => Promise<void>;
};

const namesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );
const temporaryFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'zhuanban-files-test-'));

function inFolder(): Promise<Kept> {
  const folder = temporaryFolder();
  return Promise.resolve({
    files: createFileStore(folder),
    stored: () => namesIn(folder),
    close: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  });
}

async function inBucket(): Promise<Kept> {
  const [folder, server] = [temporaryFolder(), await startS3()];
  return {
    files: createS3Store(server.place, folder),
    stored: () => [...namesIn(folder), ...namesIn(server.folder)],
    close: async () => {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const form = (
  parts: [field: string, content: string | Uint8Array<ArrayBuffer>, name: string | null][],
): FormData => {
  const data = new FormData();
  for (const [field, content, name] of parts) {
    if (name === null) data.append(field, String(content));
    else data.append(field, new Blob([content]), name);
  }
  return data;
};

const PNG = Uint8Array.from(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  ),
);

const faultsOf = ({ body }: Answered): unknown => [
  body['code'],
  ...((body['errors'] ?? []) as { path: string; code: string }[]).map(
    (fault) => `${fault.path} ${fault.code}`,
  ),
];

describe.each([
  ['a folder', inFolder],
  ['a bucket', inBucket],
])('files in %s', (_where, open) => {
  let api: TestApi;
  let store: Kept;
  beforeAll(async () => {
    store = await open();
    api = await startApi({ files: store.files });
    await insertSmallRecord(api);
  });
  afterAll(async () => {
    await api.close();
    await store.close();
  });
  const stored = (): string[] => store.stored();

  async function post(
    body: FormData | string,
    headers: Record<string, string> = {},
    token = api.token,
  ): Promise<Answered> {
    const response = await fetchChecked(`${api.url}/api/v1/files`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    return { status: response.status, body: (await response.json()) as Answered['body'] };
  }
  const upload = (
    content: string | Uint8Array<ArrayBuffer>,
    name: string,
    headers = {},
    token?: string,
  ): Promise<Answered> => post(form([['file', content, name]]), headers, token);
  const download = (id: string, token = api.token): Promise<Response> =>
    fetchChecked(`${api.url}/api/v1/files/${id}`, { headers: { authorization: `Bearer ${token}` } });

  describe('an upload', () => {
    it('is answered with what it is, and comes back as it went', async () => {
      const { status, body } = await upload('unit,open\nDD,3\nXH,4\n', '汇总 表.csv');
      expect(status).toBe(201);
      expect(body).toEqual({
        id: expect.any(String),
        name: '汇总 表.csv',
        size: 20,
        sha256: createHash('sha256').update('unit,open\nDD,3\nXH,4\n').digest('hex'),
        mediaType: 'text/csv',
      });
      const response = await download(body.id);
      expect(await response.text()).toBe('unit,open\nDD,3\nXH,4\n');
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-length': '20',
        'repr-digest': `sha-256=:${createHash('sha256').update('unit,open\nDD,3\nXH,4\n').digest('base64')}:`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "sandbox; default-src 'none'",
        'content-disposition': `attachment; filename="__ _.csv"; filename*=UTF-8''${encodeURIComponent('汇总 表.csv')}`,
      });
    });

    it.each<[string, string | Uint8Array<ArrayBuffer>, string, string]>([
      ['a picture called a page', PNG, 'page.html', 'image/png'],
      ['a page called a picture', '<script>alert(1)</script>', 'a.png', 'text/plain'],
      ['a text that begins like a picture', 'BM is short for bitmap\n', 'x', 'text/plain'],
      ['a PDF', '%PDF-1.7\n', 'a', 'application/pdf'],
      ['bytes', Uint8Array.of(0, 1, 2, 255), 'a.txt', 'application/octet-stream'],
      ['nothing', '', 'a.txt', 'application/octet-stream'],
    ])('is known by its bytes: %s', async (_, content, name, mediaType) => {
      expect((await upload(content, name)).body['mediaType']).toBe(mediaType);
    });

    it('is named without paths and tricks', async () => {
      expect((await upload('x', '../../etc/pass\u202ewd')).body['name']).toBe('passwd');
    });

    it('is taken in once under one Idempotency-Key, and other bytes are refused', async () => {
      const before = stored().length;
      const key = { 'idempotency-key': 'scan-1' };
      const answers = await Promise.all(Array.from({ length: 5 }, () => upload('scan', 'scan.txt', key)));
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.id}`)).size).toBe(1);
      expect(stored()).toHaveLength(before + 1);
      expect((await upload('another', 'scan.txt', key)).body['code']).toBe('IDEMPOTENCY_KEY_REUSED');
      expect((await upload('x', 'x', { 'idempotency-key': 'k'.repeat(201) })).status).toBe(400);
      expect(stored()).toHaveLength(before + 1);
    });

    it('may be as large as the limit and not a byte larger', async () => {
      const before = stored().length;
      expect((await upload(new Uint8Array(MAX_FILE_BYTES), 'full')).status).toBe(201);
      const beyond = await upload(new Uint8Array(MAX_FILE_BYTES + 1), 'beyond');
      expect([beyond.status, beyond.body['code']]).toEqual([413, 'TOO_LARGE']);
      expect((await upload(new Uint8Array(MAX_FILE_BYTES + 1_000_000), 'announced')).status).toBe(413);
      expect(stored()).toHaveLength(before + 1);
    });

    it('is refused clearly when it is none', async () => {
      const before = stored().length;
      expect((await post('{}', { 'content-type': 'application/json' })).status).toBe(415);
      expect(faultsOf(await post('x', { 'content-type': 'multipart/form-data' }))).toEqual(['MALFORMED']);
      expect(faultsOf(await post('x', { 'content-type': 'multipart/form-data; boundary=b' }))).toEqual([
        'MALFORMED',
      ]);
      expect(faultsOf(await post(form([])))).toEqual(['MALFORMED', 'file REQUIRED']);
      expect(faultsOf(await post(form([['file', 'text', null]])))).toEqual(['MALFORMED', 'file WRONG_TYPE']);
      expect(faultsOf(await post(form([['document', 'x', 'x']])))).toEqual([
        'MALFORMED',
        'document UNKNOWN_FIELD',
      ]);
      expect(
        faultsOf(
          await post(
            form([
              ['file', 'x', 'x'],
              ['note', 'y', null],
            ]),
          ),
        ),
      ).toEqual(['MALFORMED', 'note UNKNOWN_FIELD']);
      expect(
        faultsOf(
          await post(
            form([
              ['file', 'x', 'x'],
              ['file', 'y', 'y'],
            ]),
          ),
        ),
      ).toEqual(['MALFORMED', 'file REPEATED']);
      expect((await post(form([['file', 'x', 'x']]), {}, 'zbt_nobody')).status).toBe(401);
      expect(stored()).toHaveLength(before);
    });

    it('leaves nothing when its sender hangs up', async () => {
      const before = stored().length;
      const sending = request(`${api.url}/api/v1/files`, {
        method: 'POST',
        headers: { authorization: `Bearer ${api.token}`, 'content-type': 'multipart/form-data; boundary=b' },
      });
      sending.on('error', () => undefined);
      sending.write('--b\r\ncontent-disposition: form-data; name="file"; filename="x"\r\n\r\nhalf of');
      await pause(200);
      expect(stored()).toHaveLength(before + 1);
      sending.destroy();
      await pause(200);
      expect(stored()).toHaveLength(before);
    });
  });

  describe('a download', () => {
    it('is for the uploader until it is attached, the readers of everything, and whoever sees what it is attached to', async () => {
      const { body } = await upload('notice', 'notice.txt', {}, await tokenOf(api, 'OFF'));
      const seenBy = async (): Promise<string[]> => {
        const people = ['OFF', 'TF', 'DD', 'DD1', 'DD2', 'XH', 'AUD', 'LIM', 'NONE'];
        const statuses = await Promise.all(
          people.map(async (person) => (await download(body.id, await tokenOf(api, person))).status),
        );
        expect(new Set(statuses)).toEqual(new Set([200, 404]));
        return people.filter((_, index) => statuses[index] === 200);
      };
      expect(await seenBy()).toEqual(['OFF', 'AUD']);
      await attach(body.id, 'd.sites.TF.DD.DD-1');
      expect(await seenBy()).toEqual(['OFF', 'TF', 'DD', 'DD1', 'AUD']);
      const passedOn = await upload('passed on', 'x', {}, await tokenOf(api, 'XH'));
      expect((await download(passedOn.body.id, await tokenOf(api, 'XH'))).status).toBe(200);
      await attach(passedOn.body.id, 'd.sites.TF.DD');
      expect((await download(passedOn.body.id, await tokenOf(api, 'XH'))).status).toBe(404);
      await attach(body.id, '');
      // LIM is DD-1's for another task force, NONE has no post.
      expect(await seenBy()).toEqual(['OFF', 'TF', 'DD', 'DD1', 'DD2', 'XH', 'AUD']);
    });

    it.each(['x', '..%2f..%2fetc%2fpasswd', '%00', '00000000-0000-4000-8000-000000000000'])(
      'of %s finds nothing',
      async (id) => {
        expect((await download(id)).status).toBe(404);
      },
    );

    it('answers HEAD without the bytes', async () => {
      const { body } = await upload('12345', 'five.txt');
      const response = await fetchChecked(`${api.url}/api/v1/files/${body.id}`, {
        method: 'HEAD',
        headers: { authorization: `Bearer ${api.token}` },
      });
      expect([response.status, response.headers.get('content-length')]).toEqual([200, '5']);
    });
  });

  const attach = (file: string, assignment: string): Promise<void> =>
    inTransaction(api.pool, async (tx) => {
      expect(await lockFiles(tx, [file])).toHaveLength(1);
      await insertAttachments(tx, [{ file, directive: 'd', assignment }]);
    });

  describe('the sweep', () => {
    it('takes what nobody attached within a day, its bytes with it, and nothing else', async () => {
      await removeOrphans(fileRecord(api.pool), store.files);
      const [idle, young, attached] = await Promise.all(
        ['idle', 'young', 'attached'].map((name) => upload(name, name)),
      );
      await attach(String(attached?.body.id), '');
      await api.pool.query(
        `update file set at = now() - interval '25 hours' where name in ('idle', 'attached')`,
      );
      expect(await removeOrphans(fileRecord(api.pool), store.files)).toBe(1);
      expect(await removeOrphans(fileRecord(api.pool), store.files)).toBe(0);
      const left = await Promise.all(
        [idle, young, attached].map(async (each) => (await download(String(each?.body.id))).status),
      );
      expect(left).toEqual([404, 200, 200]);
      expect(stored()).not.toContain(idle?.body.id);
    });

    it('leaves a file that is being attached at that moment', async () => {
      const { body } = await upload('late', 'late');
      await api.pool.query(`update file set at = now() - interval '25 hours' where id = $1`, [body.id]);
      await inTransaction(api.pool, async (tx) => {
        await lockFiles(tx, [body.id]);
        expect(await removeOrphans(fileRecord(api.pool), store.files)).toBe(0);
        await insertAttachments(tx, [{ file: body.id, directive: 'd', assignment: '' }]);
      });
      expect(await removeOrphans(fileRecord(api.pool), store.files)).toBe(0);
      expect((await download(body.id)).status).toBe(200);
    });
  });
});
