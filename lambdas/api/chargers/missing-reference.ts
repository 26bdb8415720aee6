import { type Refused, refused } from '../../http/answer.ts';
import { readLocation } from '../../store/locations/locations.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';

/** Refuses a charger whose tariff or location its operator does not have; undefined where both are as they should be. */
export async function missingReference(
  { database, operatorId }: Caller,
  {
    tariffId,
    locationId,
  }: {
    readonly tariffId?: string | null | undefined;
    readonly locationId?: string | null | undefined;
  },
): Promise<Refused<'TARIFF_NOT_FOUND' | 'LOCATION_NOT_FOUND'> | undefined> {
  const [tariff, location] = await Promise.all([
    tariffId == null || latestVersion(database, operatorId, tariffId),
    locationId == null || readLocation(database, operatorId, locationId),
  ]);
  if (tariff === undefined) return refused('TARIFF_NOT_FOUND');
  return location === undefined ? refused('LOCATION_NOT_FOUND') : undefined;
}
