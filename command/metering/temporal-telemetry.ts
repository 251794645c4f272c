// Telemetry of Temporal's SDK: its log lines go to our log, its metrics have a port of their own.
import { lookup } from 'node:dns/promises';
import { isIPv6 } from 'node:net';
import type { TelemetryOptions } from '@temporalio/worker';

export async function temporalTelemetry({
  port,
  host,
}: {
  port: number | null;
  host: string;
}): Promise<TelemetryOptions> {
  const logging: TelemetryOptions['logging'] = { filter: { core: 'WARN', other: 'ERROR' }, forward: {} };
  if (port === null) return { logging };
  // It takes no names.
  const { address } = await lookup(host);
  const bindAddress = isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
  return {
    logging,
    metrics: {
      prometheus: { bindAddress, countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true },
    },
  };
}
