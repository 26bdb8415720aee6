import { digestHex } from '../cdr/seal/digest-hex.ts';

/**
 * The id of an EVSE for partners, 32 characters. It is never that of another EVSE, not even of a charger that is registered
 * later under the same id, as OCPI demands: `registeredAt` is when its charger was.
 */
export const evseUid = (chargerKey: string, registeredAt: string, evseId: number): string =>
  digestHex(`evse ${chargerKey} ${registeredAt} ${evseId}`).slice(0, 32);
