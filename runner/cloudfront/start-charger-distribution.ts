import type { UpgradeOrigin } from '../gateway/arrived-request.ts';
import type { StackContext } from '../runner-interfaces.ts';
import { StartRefusal } from '../start-refusal.ts';
import { readDistributions } from './distribution-definition.ts';
import { type DistributionServer, startDistribution } from './start-distribution.ts';

/** Starts the one distribution of the deployment, which chargers connect to; stop it before what is behind it. */
export async function startChargerDistribution(
  context: Pick<StackContext, 'count' | 'deployment'>,
  origins: readonly UpgradeOrigin[],
  port: number,
): Promise<DistributionServer> {
  const [distribution, ...others] = readDistributions(context.deployment);
  if (distribution === undefined || others.length > 0) {
    throw new StartRefusal(
      'UNSUPPORTED_VALUE',
      `The template has ${others.length === 0 ? 'no' : 'several'} distributions; the runner serves one.`,
    );
  }
  return await startDistribution(distribution, origins, context, port);
}
