import type { ChargerFacts } from '../../connection/charger-facts.ts';
import { readFactsOf } from '../../connection/read-facts-of.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import type { Caller } from '../api-route.ts';
import { checkSilence } from './check-silence.ts';

/**
 * Reads what is known of chargers of one operator beyond their registration, for all of them at once, and whether the silent ones are
 * still there.
 */
export async function readChargerFacts(
  caller: Caller,
  chargers: readonly Charger[],
): Promise<readonly ChargerFacts[]> {
  const facts = await readFactsOf(caller.database, chargers);
  return await Promise.all(facts.map((one) => checkSilence(caller, one)));
}
