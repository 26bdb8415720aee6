import { type TransactWriteItem, type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { chargerItemKey } from '../table/keys/charger-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { transact } from '../table/transact.ts';
import { writeTogether } from '../table/transaction.ts';
import { type Change, updateOf } from '../table/update.ts';
import { type Charger, readCharger } from './chargers.ts';
import { connectionTokenDelete, connectionTokenPut } from './connection-tokens.ts';

const updateIf = (
  database: Database,
  chargerKey: string,
  change: Change,
  condition: string,
): Update => ({
  TableName: database.state,
  Key: keyAttributes(chargerItemKey(chargerKey)),
  ...updateOf(change),
  ConditionExpression: condition,
});

/**
 * Gives a charger a new password, by its SHA-256 in hex, together with `more`; `answered` where a condition of those does not hold. The old one is valid until the new one is used; one that was
 * issued before and never used is valid no longer.
 */
export async function issuePassword(
  database: Database,
  chargerKey: string,
  newPasswordHash: string,
  more: readonly TransactWriteItem[] = [],
): Promise<'issued' | 'absent' | 'answered'> {
  const change = { set: { newPasswordHash } };
  const update = updateIf(database, chargerKey, change, 'attribute_exists(pk)');
  if (more.length > 0) {
    const [exists, ...others] = await transact(database, [{ Update: update }, ...more]);
    if (exists !== true) return 'absent';
    return others.every(Boolean) ? 'issued' : 'answered';
  }
  const written = await conditional(database.client.send(new UpdateItemCommand(update)));
  return written.kind === 'written' ? 'issued' : 'absent';
}

/** Makes the new password of a charger, by its SHA-256 in hex, the only one; another that was issued since stays new. */
export async function adoptPassword(
  database: Database,
  chargerKey: string,
  passwordHash: string,
): Promise<void> {
  const change = { set: { passwordHash }, remove: ['newPasswordHash'] };
  const update = updateIf(database, chargerKey, change, '#newPasswordHash = :passwordHash');
  await conditional(database.client.send(new UpdateItemCommand(update)));
}

/** Notes that a charger has connected with a certificate of its own. */
export async function noteCertificateShown(
  database: Database,
  chargerKey: string,
  certificateSince: string,
): Promise<void> {
  const change = { set: { certificateSince } };
  const condition = 'attribute_exists(pk) AND attribute_not_exists(#certificateSince)';
  const update = updateIf(database, chargerKey, change, condition);
  await conditional(database.client.send(new UpdateItemCommand(update)));
}

const asRead = (name: string, placeholder: string, value: string | undefined): string =>
  value === undefined ? `attribute_not_exists(#${name})` : `#${name} = :${placeholder}`;

/** How often two requests may give the same charger a token at once before we give up. */
const mostAttempts = 5;

/**
 * Gives a charger a new connection token, by its SHA-256 in hex, together with `more`; `answered` as with passwords. The old one is valid until the new one is used; one that
 * was issued before and never used is deleted.
 */
export async function issueConnectionToken(
  database: Database,
  chargerKey: string,
  newConnectionTokenHash: string,
  createdAt: string,
  more: readonly TransactWriteItem[] = [],
): Promise<'issued' | 'absent' | 'answered'> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const charger = await readCharger(database, chargerKey, true);
    if (charger === undefined) return 'absent';
    const { connectionTokenHash: current, newConnectionTokenHash: unused } = charger;
    const change: Change = {
      set: { newConnectionTokenHash },
      names: ['connectionTokenHash'],
      values: omitUndefined({ current, unused }),
    };
    const condition = [
      'attribute_exists(pk)',
      asRead('connectionTokenHash', 'current', current),
      asRead('newConnectionTokenHash', 'unused', unused),
    ].join(' AND ');
    const stale = unused === undefined ? [] : [connectionTokenDelete(database, unused)];
    const [isAsRead, ...others] = await transact(database, [
      { Update: updateIf(database, chargerKey, change, condition) },
      { Put: connectionTokenPut(database, newConnectionTokenHash, chargerKey, createdAt) },
      ...stale.map((Delete) => ({ Delete })),
      ...more,
    ]);
    if (isAsRead === true) return others.every(Boolean) ? 'issued' : 'answered';
  }
  throw new ConcurrentUpdateError('The charger kept being given connection tokens');
}

/** Makes the new connection token of a charger the only one and deletes the old one. */
export async function adoptConnectionToken(
  database: Database,
  { chargerKey, connectionTokenHash: old }: Charger,
  connectionTokenHash: string,
): Promise<void> {
  const change = { set: { connectionTokenHash }, remove: ['newConnectionTokenHash'] };
  const condition = '#newConnectionTokenHash = :connectionTokenHash';
  // Whoever comes in between has adopted this token or issued another: then the next handshake decides.
  await writeTogether(database, [
    {
      item: { Update: updateIf(database, chargerKey, change, condition) },
      otherwise: 'changed',
    },
    ...(old === undefined ? [] : [connectionTokenDelete(database, old)]).map((Delete) => ({
      item: { Delete },
      otherwise: 'changed' as const,
    })),
  ]);
}

/**
 * Revokes a connection token of a charger, by its SHA-256 in hex: no handshake is accepted with it any more. `absent` where it is
 * not, or not any more, the charger's.
 */
export async function revokeConnectionToken(
  database: Database,
  chargerKey: string,
  tokenHash: string,
): Promise<'revoked' | 'absent'> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const charger = await readCharger(database, chargerKey, true);
    const place = (['connectionTokenHash', 'newConnectionTokenHash'] as const).find(
      (name) => charger?.[name] === tokenHash,
    );
    if (place === undefined) return 'absent';
    const change = { remove: [place], values: { tokenHash } };
    const written = await writeTogether(
      database,
      [
        { Update: updateIf(database, chargerKey, change, `#${place} = :tokenHash`) },
        { Delete: connectionTokenDelete(database, tokenHash) },
      ].map((item) => ({ item, otherwise: 'changed' })),
    );
    if (written === 'written') return 'revoked';
  }
  throw new ConcurrentUpdateError(
    'The charger kept changing while its connection token was revoked',
  );
}
