import { chargerKey } from '../../core/charger/charger-key.ts';
import { secretHash } from '../../lambdas/runtime/secrets.ts';
import { createCharger } from '../../lambdas/store/chargers/chargers.ts';
import { countCharger } from '../../lambdas/store/operators/operators.ts';
import type { Credentials } from '../charger/charger-socket.ts';
import type { BenchStack } from './bench-stack.ts';

const password = 'bench-0123456789abcdef';
const atOnce = 32;

/** The id of a charger of the bench; all are of the same length, for they are part of what is stored and billed. */
export const benchChargerId = (index: number): string => `bench-${String(index).padStart(6, '0')}`;

/** How a charger of the bench connects. */
export const benchCredentials = (index: number): Credentials => ({
  chargerId: benchChargerId(index),
  password,
});

/** Registers the chargers `from` to `to` of a fleet, as the API does but without its HTTP, and gives how they connect. */
export async function registerChargers(
  stack: BenchStack,
  from: number,
  to: number,
): Promise<readonly Credentials[]> {
  const fleet = Array.from({ length: to - from }, (_, index) => benchCredentials(from + index));
  const waiting = fleet.values();
  const work = async (): Promise<void> => {
    for (const { chargerId } of waiting) {
      await register(stack, chargerId);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return fleet;
}

/** Chargers whose ids differ in the last digit alone share a location, by which their sessions and CDRs are listed. */
const locationOf = (chargerId: string): string => `loc_${chargerId.slice(0, -1)}`;

async function register(
  { database, operatorId, tariffId }: BenchStack,
  chargerId: string,
): Promise<void> {
  const made = await createCharger(database, {
    chargerId,
    chargerKey: chargerKey(operatorId, chargerId),
    operatorId,
    shard: (await countCharger(database, operatorId)).shard,
    passwordHash: secretHash(password),
    connectionTokenHash: secretHash(`token-${chargerId}`),
    maxPowerKw: '22',
    connectors: 1,
    timeZone: 'Europe/Zurich',
    tariffId,
    locationId: locationOf(chargerId),
    createdAt: new Date().toISOString(),
    version: 1,
  });
  if (made !== 'created') {
    throw new Error(`The charger ${chargerId} is there already.`);
  }
}
