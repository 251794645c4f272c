// One part of a workbook read as XML while it is unpacked: UTF-8, nothing else.
import { TextDecoder } from 'node:util';
import { UnreadableWorkbook } from './unreadable.ts';
import { XmlTokens, type XmlHandler } from './xml-tokens.ts';
import type { ZipParts } from '../../package/zip-parts.ts';

const IGNORED = (): void => undefined;

export async function readXml(parts: ZipParts, name: string, handler: Partial<XmlHandler>): Promise<void> {
  const tokens = new XmlTokens({ open: IGNORED, close: IGNORED, text: IGNORED, ...handler });
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const bytes of parts.read(name)) tokens.push(decoded(decoder, bytes));
  tokens.push(decoded(decoder));
  tokens.end();
}

function decoded(decoder: TextDecoder, bytes?: Buffer): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw new UnreadableWorkbook('DAMAGED');
  }
}
