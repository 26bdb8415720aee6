import { type Update, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { chargerItemKey, keyAttributes } from '../table/keys.ts';
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
 * Gives a charger a new password, by its SHA-256 in hex. The old one is valid until the new one is used; one that was
 * issued before and never used is valid no longer.
 */
export async function issuePassword(
  database: Database,
  chargerKey: string,
  newPasswordHash: string,
): Promise<'issued' | 'absent'> {
  const change = { set: { newPasswordHash } };
  const update = updateIf(database, chargerKey, change, 'attribute_exists(pk)');
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

/** How often two requests may give the same charger a token at once before we give up. */
const mostAttempts = 5;

/**
 * Gives a charger a new connection token, by its SHA-256 in hex. The old one is valid until the new one is used; one that
 * was issued before and never used is deleted.
 */
export async function issueConnectionToken(
  database: Database,
  chargerKey: string,
  newConnectionTokenHash: string,
  createdAt: string,
): Promise<'issued' | 'absent'> {
  for (let n = 0; n < mostAttempts; n += 1) {
    const charger = await readCharger(database, chargerKey);
    if (charger === undefined) return 'absent';
    const { connectionTokenHash: current, newConnectionTokenHash: unused } = charger;
    const change: Change = {
      set: { newConnectionTokenHash },
      names: ['connectionTokenHash'],
      values: omitUndefined({ current, unused }),
    };
    const condition = [
      'attribute_exists(pk)',
      current === undefined
        ? 'attribute_not_exists(#connectionTokenHash)'
        : '#connectionTokenHash = :current',
      unused === undefined
        ? 'attribute_not_exists(#newConnectionTokenHash)'
        : '#newConnectionTokenHash = :unused',
    ].join(' AND ');
    const stale = unused === undefined ? [] : [connectionTokenDelete(database, unused)];
    const written = await writeTogether(
      database,
      [
        { Update: updateIf(database, chargerKey, change, condition) },
        { Put: connectionTokenPut(database, newConnectionTokenHash, chargerKey, createdAt) },
        ...stale.map((Delete) => ({ Delete })),
      ].map((item) => ({ item, otherwise: 'changed' })),
    );
    if (written === 'written') return 'issued';
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
