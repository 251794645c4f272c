// The log of a process: JSON lines with the level in words, also for an error that ends the process.
import { pino, type Logger } from 'pino';

export function createLog(name: string, level: string): Logger {
  const log = pino({ level, name, formatters: { level: (label) => ({ level: label }) } });
  // Node would print its own text of several lines, which no collector reads.
  process.on('uncaughtException', (error) => {
    log.fatal({ err: error }, 'the process ends: an error nobody caught');
    process.exit(1);
  });
  return log;
}
