// A client of /stream that keeps the events it receives, each held to the contract, and the id to resume from.
import { setTimeout as pause } from 'node:timers/promises';
import { demandStreamContract } from './contract-check.ts';

export type Heard = { event: string; id: string; data: Record<string, unknown> };
export type EventStream = {
  status: number;
  heard: Heard[];
  /** The last id seen, also of blocks without data, as a browser keeps it. */
  lastId: () => string;
  isEnded: () => boolean;
  /** Waits until that many have been received; fails after five seconds. */
  until: (isEnough: (heard: readonly Heard[]) => boolean) => Promise<void>;
  /** Throws where an event came that is not as the contract says. */
  close: () => void;
};

export async function listen(
  url: string,
  token: string | null,
  options: { lastEventId?: string; headers?: Record<string, string> } = {},
): Promise<EventStream> {
  const abort = new AbortController();
  const response = await fetch(`${url}/api/v1/stream`, {
    signal: abort.signal,
    headers: {
      ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      ...(options.lastEventId === undefined ? {} : { 'last-event-id': options.lastEventId }),
      ...options.headers,
    },
  });
  const heard: Heard[] = [];
  let id = options.lastEventId ?? '';
  let isEnded = false;
  /** The first event that is not as the contract says. */
  let fault: Error | undefined;

  const take = (block: string): void => {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const [name = '', ...rest] = line.split(':');
        return [name, rest.join(':').trim()];
      }),
    );
    id = fields.get('id') ?? id;
    const data = fields.get('data');
    if (data === undefined) return;
    const said = {
      event: fields.get('event') ?? 'message',
      id,
      data: JSON.parse(data) as Record<string, unknown>,
    };
    try {
      demandStreamContract(said.event, said.data);
    } catch (error) {
      fault ??= error instanceof Error ? error : new Error(String(error));
    }
    heard.push(said);
  };
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block);
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => (isEnded = true));

  return {
    status: response.status,
    heard,
    lastId: () => id,
    isEnded: () => isEnded,
    until: async (isEnough) => {
      for (let tries = 0; tries < 250; tries += 1) {
        if (fault !== undefined) throw fault;
        if (isEnough(heard)) return;
        await pause(20);
      }
      throw new Error(`heard only ${JSON.stringify(heard)}`);
    },
    close: () => {
      abort.abort();
      if (fault !== undefined) throw fault;
    },
  };
}
