// Mail by SMTP: one recipient a message, so that each has its own fate, under a Message-ID that stays.
import { htmlText } from '../domain/html-text.ts';
import { createTransport } from 'nodemailer';
import { safeFileName } from '../domain/file-name.ts';
import { answerSaid, type AttemptOutcome } from '../domain/delivery/delivery-attempt.ts';

/** The message's text; the sender adds the address of the application. */
export type Letter = {
  subject: string;
  lines: readonly LetterLine[];
  attachments?: readonly Enclosure[];
};

/** An attached file: its bytes are given whole, nothing is fetched when the letter is sent. */
export type Enclosure = { name: string; mediaType: string; bytes: Uint8Array };

/** `link`: lets the reader act at once. */
export type LetterLine = { text: string; link: { label: string; url: string } | null };

export type Mailer = {
  send(mail: { uid: string; to: string; message: Letter }): Promise<AttemptOutcome>;
  close(): void;
};

export type MailSettings = {
  smtpUrl: string;
  from: string;
  /** The sign-in address, named at the end of every message. */
  publicUrl: string | null;
  timeoutMs: number;
  /** Messages under way at the same time, each on a connection of its own. */
  connections: number;
};

export function createMailer({ smtpUrl, from, publicUrl, timeoutMs, connections }: MailSettings): Mailer {
  const transport = createTransport(
    {
      url: smtpUrl,
      pool: true,
      maxConnections: connections,
      // A message whose connection broke may have arrived: its delivery's row decides whether to try again.
      maxRequeues: 0,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
    },
    { from },
  );
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'zhuanban';
  const secrets = secretsOf(smtpUrl);
  return {
    async send({ uid, to, message }) {
      try {
        const { response } = await transport.sendMail({
          messageId: `<${uid}@${domain}>`,
          // An object, so that an address is never parsed as a list.
          to: { name: '', address: to },
          subject: message.subject,
          text: textOf(message, publicUrl),
          html: htmlOf(message, publicUrl),
          attachments: (message.attachments ?? []).map(({ name, mediaType, bytes }) => ({
            filename: safeFileName(name),
            contentType: mediaType,
            content: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
          })),
          // RFC 3834: asks for no automatic replies.
          headers: { 'Auto-Submitted': 'auto-generated' },
          signal: AbortSignal.timeout(timeoutMs),
        });
        return { kind: 'sent', said: answerSaid(response, secrets) };
      } catch (error) {
        return smtpOutcome(error, secrets);
      }
    },
    close() {
      transport.close();
    },
  };
}

/** 5xx is about this message and final; 4xx, silence and our own login are about the server, and may pass. */
export function smtpOutcome(error: unknown, secrets: readonly (string | null)[] = []): AttemptOutcome {
  const { code, responseCode, response, message } = error as {
    code?: unknown;
    responseCode?: unknown;
    response?: unknown;
    message?: unknown;
  };
  const text = [response, message, 'no connection'].find((each) => typeof each === 'string' && each !== '');
  const said = answerSaid(String(text), secrets);
  const isFinal = typeof responseCode === 'number' && responseCode >= 500 && code !== 'EAUTH';
  return { kind: isFinal ? 'refused' : 'failed', said };
}

function secretsOf(smtpUrl: string): string[] {
  const { username, password } = new URL(smtpUrl);
  return [password, decodeURIComponent(password), decodeURIComponent(username)].filter((each) => each !== '');
}

function textOf({ lines }: Letter, publicUrl: string | null): string {
  const said = lines.flatMap(({ text, link }) =>
    link === null ? [text] : [text, '', `${link.label}: ${link.url}`, ''],
  );
  // Closing lines stand apart once.
  const body = said.at(-1) === '' ? said.slice(0, -1) : said;
  return [...body, ...(publicUrl === null ? [] : ['', publicUrl])].join('\n');
}

/** Only paragraphs and links, so that it looks the same everywhere. */
function htmlOf({ lines }: Letter, publicUrl: string | null): string {
  const anchor = (url: string, label: string): string =>
    `<p><a href="${htmlText(url)}">${htmlText(label)}</a></p>`;
  return [
    ...lines.flatMap(({ text, link }) => [
      `<p>${htmlText(text)}</p>`,
      ...(link === null ? [] : [anchor(link.url, link.label)]),
    ]),
    ...(publicUrl === null ? [] : [anchor(publicUrl, publicUrl)]),
  ].join('\n');
}
