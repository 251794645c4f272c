// Once before the production tier: builds Temporal's server where TEMPORAL_SERVER=build asks for it.
import { buildTemporalServer } from './temporal-server.ts';

export default async function buildOnce(): Promise<void> {
  if (process.env.TEMPORAL_SERVER === 'build') await buildTemporalServer();
}
