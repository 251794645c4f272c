// The archive of a directive: its parts, the manifest with each part's digest, and the signatures over both.
import { createHash, type KeyObject } from 'node:crypto';
import { listDeskEnds } from '../../db/queries/archive.ts';
import { findInstallationId, readClock } from '../../db/queries/installation.ts';
import {
  ARCHIVE_MANIFEST,
  ARCHIVE_SIGNATURE,
  archiveSeal,
  type ArchiveManifest,
} from '../../domain/audit/archive.ts';
import { toIso } from '../../domain/instant.ts';
import { EndsDigest, publicKeyOf, signStatement, signText } from '../audit/checkpoint.ts';
import { canonical } from '../chain.ts';
import { ARCHIVE_NAMES, recordParts, type ArchivePart, type RecordAsked } from './archive-parts.ts';

export type ArchiveAsked = Omit<RecordAsked, 'ends'> & {
  signingKey: KeyObject;
  /** Workbook and document, made already. */
  made: readonly { name: string; bytes: Buffer }[];
};

const README = `这是一件交办件的完整记录，由专班导出并签名。

record/     交办件、任务、报送与上报，每行一条 JSON
chain/      办理台的日志：每条事件含上一条之后的散列；checkpoint.jsonl 是签过名的链末端
files/      附件
manifest.json、manifest.sig   各文件的 SHA-256 及签名

敏感内容（联系方式等）在此一律遮蔽；含遮蔽内容的报送，其摘要只能在原系统里核对。
核对：npm run verify -- 归档包.zip --key 公钥指纹（无需数据库）。

This is the whole record of a directive, exported and signed by Zhuanban.

record/     the directive, assignments, reports and hand-ups, one JSON a line
chain/      the desks' logs: each event's hash follows the one before; checkpoint.jsonl is their signed ends
files/      attachments
manifest.json, manifest.sig   the SHA-256 of each file, and their signature

Sensitive values (contacts and the like) are masked here for everybody; the digest of a report with masked values can be
checked only in the installation itself.
To verify: npm run verify -- ARCHIVE.zip --key FINGERPRINT (without a database).
`;

/** In the order in which they are written; each is read to its end before the next. */
export async function* archiveOf(asked: ArchiveAsked): AsyncGenerator<ArchivePart> {
  const { pool, directive, signingKey, made } = asked;
  const [installation, nowMs] = [await findInstallationId(pool), await readClock(pool)];
  const at = toIso(Math.floor(nowMs));
  const ends = await listDeskEnds(pool, directive.id);
  const files: ArchiveManifest['files'] = [];
  const plain = (name: string, content: string | Buffer): ArchivePart => ({
    name,
    content: once(Buffer.from(content)),
  });
  const parts = async function* (): AsyncGenerator<ArchivePart> {
    yield plain('README.txt', README);
    yield plain(ARCHIVE_NAMES.ends, endsText(ends));
    yield* recordParts({ ...asked, ends });
    for (const { name, bytes } of made) yield plain(name, bytes);
  };
  const endsText = (all: typeof ends): string => {
    const digest = new EndsDigest();
    for (const end of all) digest.take(end);
    // Number 0: of one directive, and kept in no list.
    const statement = { format: 'zhuanban-checkpoint/1' as const, installation, n: 0, at, ...digest.done() };
    const head = { statement, ...signStatement(signingKey, statement) };
    return [head, ...all].map((line) => `${canonical(line)}\n`).join('');
  };
  for await (const { name, content } of parts()) {
    const file = { name, bytes: 0, sha256: '' };
    files.push(file);
    yield { name, content: measured(content, file) };
  }
  const format = 'zhuanban-archive/1' as const;
  const key = publicKeyOf(signingKey);
  const manifest = canonical({
    format,
    installation,
    directive: directive.id,
    at,
    key,
    files,
  } satisfies ArchiveManifest);
  yield plain(ARCHIVE_MANIFEST, manifest);
  yield plain(ARCHIVE_SIGNATURE, signText(signingKey, manifest).signature);
}

/** The last bytes of the zip. */
export const sealWith =
  (signingKey: KeyObject) =>
  (digest: Buffer): string =>
    archiveSeal(signText(signingKey, digest).signature);

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield await Promise.resolve(bytes);
}

async function* measured(
  content: AsyncIterable<Buffer>,
  file: ArchiveManifest['files'][number],
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const bytes of content) {
    hash.update(bytes);
    file.bytes += bytes.length;
    yield bytes;
  }
  file.sha256 = hash.digest('hex');
}
