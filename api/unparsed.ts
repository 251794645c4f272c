// The answers to requests that Node cannot parse and that therefore never reach a route: a problem as everywhere else.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { refuse, type FailureCode } from '../domain/failure.ts';
import { problemOf } from './errors.ts';

const CODES: Readonly<Record<string, FailureCode>> = {
  HPE_HEADER_OVERFLOW: 'HEAD_TOO_LARGE',
  ERR_HTTP_REQUEST_TIMEOUT: 'TOO_SLOW_TO_COME',
};

/** In Chinese: the languages that the caller reads stand in the very part that could not be read. */
export function answerUnparsed(server: Server): void {
  const underAnswer = new WeakSet<Duplex>();
  server.prependListener('request', (req, res) => {
    underAnswer.add(req.socket);
    res.once('close', () => underAnswer.delete(req.socket));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    // A connection reset by the caller, or cut in the middle of an answer, hears nothing more.
    if (!socket.writable || underAnswer.has(socket)) {
      socket.destroy();
      return;
    }
    const problem = problemOf(refuse(CODES[error.code ?? ''] ?? 'MALFORMED'), 'zh', randomUUID());
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${problem.requestId}`,
      'Connection: close',
    ];
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
  });
}
