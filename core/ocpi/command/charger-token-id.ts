import { digestHex } from '../../cdr/seal/digest-hex.ts';

/** Characters of a token's id that every version of OCPP takes. */
const most = 20;

/** The id by which chargers get a token of a partner: its own, or a hash of it where OCPP 1.6 has no room for it. */
export const chargerTokenId = (partnerId: string, uid: string): string =>
  uid.length <= most ? uid : digestHex(`token ${partnerId} ${uid}`).slice(0, most).toUpperCase();
