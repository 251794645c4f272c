// A real SMTP server on this machine: keeps the mail it accepts, refuses chosen recipients, and may be slow or silent.
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** As it arrived; `text` is the plain part, decoded. */
export type Letter = { to: string; messageId: string; raw: string; text: string; subject: string };

export type MailServer = {
  smtpUrl: string;
  from: string;
  letters: Letter[];
  lettersTo: (address: string) => Letter[];
  /** Its answer to a recipient: null accepts. May be changed while it runs. */
  refusal: (address: string) => { code: number; text: string } | null;
  /** Does it keep a recipient waiting for ever? */
  dawdles: (address: string) => boolean;
  close: () => Promise<void>;
};

export async function startMailServer(): Promise<MailServer> {
  const letters: Letter[] = [];
  const running: Omit<MailServer, 'smtpUrl' | 'close'> = {
    from: '专班 <zhuanban@example.org>',
    letters,
    lettersTo: (address) => letters.filter(({ to }) => to === address),
    refusal: () => null,
    dawdles: () => false,
  };
  const server = new SMTPServer({
    authOptional: true,
    hideSTARTTLS: true,
    disableReverseLookup: true,
    logger: false,
    onRcptTo({ address }, _session, done) {
      if (running.dawdles(address)) return;
      const refusal = running.refusal(address);
      done(refusal === null ? null : Object.assign(new Error(refusal.text), { responseCode: refusal.code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        for (const { address } of session.envelope.rcptTo) letters.push({ to: address, ...read(raw) });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(running, {
    smtpUrl: `smtp://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(resolve);
      }),
  });
}

function read(raw: string): Omit<Letter, 'to'> {
  // A header may go on in lines that begin with a space.
  const unfolded = raw.replaceAll(/\r\n[ \t]+/g, ' ');
  const header = (name: string): string =>
    new RegExp(`^${name}: (.*)$`, 'im').exec(unfolded)?.[1]?.trim() ?? '';
  return {
    raw,
    messageId: header('Message-ID'),
    subject: decodeWords(header('Subject')),
    text: plainPart(raw),
  };
}

/** Bytes as a string of one character each, as both encodings give them. */
const decode = (how: string, text: string): string =>
  how.toUpperCase().startsWith('B')
    ? Buffer.from(text, 'base64').toString('latin1')
    : text
        .replaceAll('=\r\n', '')
        .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

const utf8 = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?= +=\?/g, '?==?')
    .replaceAll(/(?:=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (words) =>
      utf8(
        words.replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, word: string) =>
          decode(how, word.replaceAll('_', ' ')),
        ),
      ),
    );

function plainPart(raw: string): string {
  const from = raw.indexOf('Content-Type: text/plain');
  const [headers = '', ...rest] = raw.slice(from).split('\r\n\r\n');
  const body = rest.join('\r\n\r\n').split('\r\n--', 1)[0] ?? '';
  const how = /Content-Transfer-Encoding: (\S+)/i.exec(headers)?.[1] ?? '7bit';
  return how === '7bit' ? body : utf8(decode(how === 'base64' ? 'B' : 'Q', body));
}
