import type { EvseFacts } from '../../../core/location/evse-facts.ts';
import { type Refused, refused } from '../../http/answer.ts';
import { readLocation } from '../../store/locations/locations.ts';
import { latestVersion } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';

/** Refuses a charger whose tariffs or location its operator does not have; undefined where all are as they should be. */
export async function missingReference(
  { database, operatorId }: Caller,
  {
    tariffId,
    locationId,
    evses,
  }: {
    readonly tariffId?: string | null | undefined;
    readonly locationId?: string | null | undefined;
    readonly evses?: readonly EvseFacts[] | null | undefined;
  },
): Promise<Refused<'TARIFF_NOT_FOUND' | 'LOCATION_NOT_FOUND'> | undefined> {
  const tariffIds = new Set([
    ...(tariffId == null ? [] : [tariffId]),
    ...(evses ?? []).flatMap(({ connectors }) => connectors.flatMap((one) => one.tariffId ?? [])),
  ]);
  const [tariffs, location] = await Promise.all([
    Promise.all([...tariffIds].map((one) => latestVersion(database, operatorId, one))),
    locationId == null || readLocation(database, operatorId, locationId),
  ]);
  if (tariffs.includes(undefined)) return refused('TARIFF_NOT_FOUND');
  return location === undefined ? refused('LOCATION_NOT_FOUND') : undefined;
}
