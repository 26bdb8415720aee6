import type { Party } from '../../core/ocpi/model/party.ts';
import type { Command } from '../store/commands/command-item.ts';
import { reservationOfNumber } from '../store/partners/partner-reservations.ts';
import type { Database } from '../store/table/client.ts';

/** Which partner a command that ended concerns, and where that goes; `isOurs`: we, or the charger, took its reservation back. */
export type ToldResult = {
  readonly partnerId: string;
  readonly responseUrl: string;
  /** The party behind a hub that it is for. */
  readonly party?: Party;
  /** The party of ours that it is from. */
  readonly us?: Party;
  readonly isOurs: boolean;
};

/**
 * Finds whom the end of a command concerns: the partner that ordered it, or that whose reservation it took back. `isDropped`: it made a
 * reservation, which the charger dropped.
 */
export async function toldResult(
  database: Database,
  { orderedBy, request, state, chargerKey }: Command,
  isDropped = false,
): Promise<ToldResult | undefined> {
  if (orderedBy !== undefined) return { ...orderedBy, isOurs: isDropped };
  if (request.type !== 'cancel-reservation' || state !== 'accepted') return undefined;
  const reserved = await reservationOfNumber(database, chargerKey, request.reservationId);
  return reserved && { ...reserved, isOurs: true };
}
