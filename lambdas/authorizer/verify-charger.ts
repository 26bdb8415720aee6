import { chargerKey } from '../../core/charger/charger-key.ts';
import { isChargerId, isConnectionToken } from '../../core/charger/charger-secrets.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { fitsHash, secretHash } from '../runtime/secrets.ts';
import { type Charger, readCharger } from '../store/chargers.ts';
import { chargerOfToken } from '../store/connection-tokens.ts';
import type { Database } from '../store/table/client.ts';
import { basicPassword } from './basic-password.ts';
import { chooseProtocol } from './choose-protocol.ts';

/** What a charger's handshake brings. */
export type Handshake = {
  readonly chargerId?: string | undefined;
  readonly connectionToken?: string | undefined;
  readonly authorization?: string | undefined;
  /** Subprotocols in the charger's order. */
  readonly offers: readonly string[];
};

/** Whether a charger may connect. */
export type ChargerVerdict =
  | { readonly kind: 'accepted'; readonly charger: Charger; readonly protocol: Protocol }
  | { readonly kind: 'unknown-charger' | 'wrong-password' | 'unsupported-protocol' };

/** Finds out who wants to connect, and whether it is who it says and speaks what we speak. */
export async function verifyCharger(
  database: Database,
  handshake: Handshake,
): Promise<ChargerVerdict> {
  const protocol = chooseProtocol(handshake.offers);
  if (protocol === undefined) return { kind: 'unsupported-protocol' };
  const { connectionToken } = handshake;
  if (connectionToken !== undefined) return await byToken(database, connectionToken, protocol);
  return await byPassword(database, handshake, protocol);
}

async function byToken(
  database: Database,
  connectionToken: string,
  protocol: Protocol,
): Promise<ChargerVerdict> {
  if (!isConnectionToken(connectionToken)) return { kind: 'unknown-charger' };
  const key = await chargerOfToken(database, secretHash(connectionToken));
  const charger = key === undefined ? undefined : await readCharger(database, key);
  return charger === undefined
    ? { kind: 'unknown-charger' }
    : { kind: 'accepted', charger, protocol };
}

async function byPassword(
  database: Database,
  handshake: Handshake,
  protocol: Protocol,
): Promise<ChargerVerdict> {
  const { chargerId = '' } = handshake;
  const charger = isChargerId(chargerId)
    ? await readCharger(database, chargerKey(chargerId))
    : undefined;
  if (charger === undefined) return { kind: 'unknown-charger' };
  const password = basicPassword(handshake.authorization, chargerId);
  return password !== undefined && fitsHash(password, charger.passwordHash)
    ? { kind: 'accepted', charger, protocol }
    : { kind: 'wrong-password' };
}
