import { chargerKey } from '../../core/charger/charger-key.ts';
import { isChargerId, isConnectionToken } from '../../core/charger/charger-secrets.ts';
import { passwordForms } from '../../core/charger/password-forms.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { isOperatorSlug, normalizeOperatorSlug } from '../../core/operator/operator-slug.ts';
import { fitsHash, secretHash } from '../runtime/secrets.ts';
import { adoptConnectionToken, adoptPassword } from '../store/chargers/charger-secrets.ts';
import { type Charger, readCharger } from '../store/chargers/chargers.ts';
import { chargerOfToken } from '../store/chargers/connection-tokens.ts';
import { firstChargerOfId } from '../store/chargers/first-charger-of-id.ts';
import { operatorOfSlug } from '../store/operators/operators.ts';
import type { Database } from '../store/table/client.ts';
import { basicPassword } from './basic-password.ts';
import { chooseProtocol } from './choose-protocol.ts';
import type { Attempt } from './note-unknown-charger.ts';

/** The contents of a charger's handshake. */
export type Handshake = {
  /** Whose charger it is, where the path says so. */
  readonly operatorSlug?: string | undefined;
  readonly chargerId?: string | undefined;
  readonly connectionToken?: string | undefined;
  readonly authorization?: string | undefined;
  /** Subprotocols in the charger's order. */
  readonly offers: readonly string[];
};

/** The verdict on a handshake. */
export type ChargerVerdict =
  | {
      readonly kind: 'accepted';
      readonly charger: Charger;
      readonly protocol: Protocol;
      /** SHA-256 of the connection token, hex; absent where the charger has shown a password. */
      readonly connectionTokenHash?: string;
    }
  | { readonly kind: 'unsupported-protocol' }
  | {
      readonly kind: 'unknown-charger';
      /** The attempt, where the URL names an operator who has no such charger. */
      readonly attempt?: Pick<Attempt, 'operatorId' | 'chargerId' | 'protocol'>;
    }
  | {
      readonly kind: 'wrong-password';
      readonly charger: Charger;
      /** The path names no operator, and several have a charger of this id: it was taken for the one that was registered first. */
      readonly isShared: boolean;
    }
  /** The password or token is right, and the certificate that was shown beside it is not. */
  | { readonly kind: 'wrong-certificate'; readonly charger: Charger };

/** Whether a charger whose password or token is right is let in: with the certificate that it has shown, where that counts. */
type IsLetIn = (charger: Charger) => Promise<boolean>;

/**
 * Finds out who wants to connect, and whether it is who it says and speaks what we speak. The first use of a new password or token ends the
 * old one, once the charger is let in.
 */
export async function verifyCharger(
  database: Database,
  handshake: Handshake,
  isLetIn: IsLetIn = async () => true,
): Promise<ChargerVerdict> {
  const protocol = chooseProtocol(handshake.offers);
  if (protocol === undefined) return { kind: 'unsupported-protocol' };
  const { connectionToken } = handshake;
  return connectionToken === undefined
    ? await byPassword(database, handshake, protocol, isLetIn)
    : await byToken(database, connectionToken, protocol, isLetIn);
}

async function byToken(
  database: Database,
  connectionToken: string,
  protocol: Protocol,
  isLetIn: IsLetIn,
): Promise<ChargerVerdict> {
  if (!isConnectionToken(connectionToken)) return { kind: 'unknown-charger' };
  const hash = secretHash(connectionToken);
  const key = await chargerOfToken(database, hash);
  const charger = key === undefined ? undefined : await readCharger(database, key);
  if (charger === undefined) return { kind: 'unknown-charger' };
  const isNew = charger.newConnectionTokenHash === hash;
  if (!isNew && charger.connectionTokenHash !== hash) return { kind: 'unknown-charger' };
  if (!(await isLetIn(charger))) return { kind: 'wrong-certificate', charger };
  if (isNew) await adoptConnectionToken(database, charger, hash);
  return { kind: 'accepted', charger, protocol, connectionTokenHash: hash };
}

async function byPassword(
  database: Database,
  handshake: Handshake,
  protocol: Protocol,
  isLetIn: IsLetIn,
): Promise<ChargerVerdict> {
  const { chargerId = '' } = handshake;
  const found = isChargerId(chargerId) ? await findKey(database, handshake, chargerId) : undefined;
  if (found === undefined) return { kind: 'unknown-charger' };
  const { operatorId } = found;
  const charger = await readCharger(database, found.chargerKey);
  if (charger === undefined) {
    const attempt =
      operatorId === undefined ? {} : { attempt: { operatorId, chargerId, protocol } };
    return { kind: 'unknown-charger', ...attempt };
  }
  const password = basicPassword(handshake.authorization, chargerId);
  const used = password === undefined ? 'none' : usedPassword(charger, password);
  if (used === 'none') return { kind: 'wrong-password', charger, isShared: found.isShared };
  if (!(await isLetIn(charger))) return { kind: 'wrong-certificate', charger };
  const { newPasswordHash } = charger;
  if (used === 'new' && newPasswordHash !== undefined) {
    await adoptPassword(database, charger.chargerKey, newPasswordHash);
  }
  return { kind: 'accepted', charger, protocol };
}

/** Which of a charger's passwords this is. */
function usedPassword(
  { passwordHash, newPasswordHash }: Charger,
  password: string,
): 'new' | 'current' | 'none' {
  const forms = passwordForms(password);
  const fits = (hash: string): boolean => forms.some((form) => fitsHash(form, hash));
  if (newPasswordHash !== undefined && fits(newPasswordHash)) return 'new';
  return fits(passwordHash) ? 'current' : 'none';
}

type FoundKey = {
  readonly chargerKey: string;
  readonly isShared: boolean;
  /** Where the path names it. */
  readonly operatorId?: string;
};

/** Whose charger is meant: the operator's that the path names, else the one that was registered first of this id. */
async function findKey(
  database: Database,
  { operatorSlug }: Handshake,
  chargerId: string,
): Promise<FoundKey | undefined> {
  if (operatorSlug === undefined) return await firstChargerOfId(database, chargerId);
  const slug = normalizeOperatorSlug(operatorSlug);
  const operatorId = isOperatorSlug(slug) ? await operatorOfSlug(database, slug) : undefined;
  return operatorId === undefined
    ? undefined
    : { operatorId, chargerKey: chargerKey(operatorId, chargerId), isShared: false };
}
