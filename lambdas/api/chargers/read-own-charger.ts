import { chargerKey } from '../../../core/charger/charger-key.ts';
import { type Charger, readCharger } from '../../store/chargers/chargers.ts';
import type { Caller } from '../api-route.ts';

/** A charger that is the caller's own; undefined when there is no such charger. */
export const readOwnCharger = async (
  { database, operatorId }: Caller,
  chargerId: string,
): Promise<Charger | undefined> => await readCharger(database, chargerKey(operatorId, chargerId));
