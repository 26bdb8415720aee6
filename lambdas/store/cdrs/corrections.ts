import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import {
  type ClosedRunningView,
  type CountedReadings,
  closeRunningView,
  countedAttributes,
  countedFrom,
} from '../sessions/closed-running-view.ts';
import {
  absentResultAttributes,
  type LateNote,
  resultAttributes,
  type SessionResult,
  type StoredSession,
} from '../sessions/session-item.ts';
import type { Database } from '../table/client.ts';
import { conditional } from '../table/condition.ts';
import { getItem } from '../table/get-item.ts';
import { cdrItemKey } from '../table/keys/cdr-keys.ts';
import { keyAttributes } from '../table/keys/key.ts';
import { sessionKey } from '../table/keys/session-keys.ts';
import { type Part, type Refusal, writeTogether } from '../table/transaction.ts';
import { type Change, updateOf } from '../table/update.ts';
import { putCdrEntry } from './cdr-entries.ts';
import type { CdrPlace, SealedCdr } from './cdr-item.ts';
import { listedCdr, sealedItem } from './cdr-item.ts';

const sessionUpdate = (
  database: Database,
  { session, version }: StoredSession,
  { set, remove = [] }: Change,
): Part => ({
  item: {
    Update: {
      TableName: database.state,
      Key: keyAttributes(sessionKey(session.sessionId)),
      ...updateOf({
        set: { ...set, version: version + 1 },
        remove,
        values: { expectedVersion: version },
      }),
      ConditionExpression: '#version = :expectedVersion',
    },
  },
  otherwise: 'changed',
});

const closing = (
  database: Database,
  { session }: StoredSession,
  closed: ClosedRunningView,
): Part => ({
  item: closeRunningView(database, session.sessionId, closed),
  otherwise: 'changed',
});

const newLink = (database: Database, place: CdrPlace, cdr: SealedCdr): Part => ({
  item: {
    Put: {
      TableName: database.state,
      Item: sealedItem(place, cdr),
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  },
  otherwise: 'taken',
});

/** A sealed CDR that is taken back, the credit that does so, and the CDR that replaces it, unless an operator bills nothing instead. */
export type Correction = {
  readonly original: { readonly place: CdrPlace; readonly sequence: number };
  /** The basis of the original. */
  readonly counted: CountedReadings;
  readonly credit: { readonly place: CdrPlace; readonly cdr: SealedCdr };
  readonly correction?: { readonly place: CdrPlace; readonly cdr: SealedCdr };
  /** The part of the correction shown on the session. */
  readonly result: SessionResult;
  readonly note: LateNote;
  readonly closed: ClosedRunningView;
};

/** Marks a sealed CDR as credited, outside of its sealed content. */
const creditedUpdate = (database: Database, { original, counted, credit }: Correction): Part => ({
  item: {
    Update: {
      TableName: database.state,
      Key: keyAttributes(cdrItemKey(original.place.chargerKey, original.sequence)),
      ...updateOf({
        set: {
          creditedBy: credit.place.cdrId,
          ...countedAttributes(counted),
          ...listedCdr(original.place, 'credited'),
        },
      }),
      ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(#creditedBy)',
    },
  },
  otherwise: 'changed',
});

/**
 * Credits the sealed CDR of a session and seals the one that replaces it, where one does: the next places in the chain, the
 * session's result and what its CDR is based on, and the end of an operator's order, all or nothing. `taken` means that another CDR has
 * a place; `changed` that the session is not what it was when it was read.
 */
export async function writeCorrection(
  database: Database,
  stored: StoredSession,
  correction: Correction,
): Promise<'corrected' | Refusal> {
  const { original, credit, result, note, closed } = correction;
  const credited =
    correction.correction === undefined
      ? { creditSequence: credit.cdr.seal.sequence }
      : { creditedSequences: [...(stored.creditedSequences ?? []), original.sequence] };
  const change: Change = {
    set: { ...resultAttributes(result), ...credited, lateNote: note },
    remove: [...absentResultAttributes(result), 'correction'],
  };
  const links = [credit, ...(correction.correction === undefined ? [] : [correction.correction])];
  for (const { place } of links) await putCdrEntry(database, place);
  const written = await writeTogether(database, [
    ...links.map(({ place, cdr }) => newLink(database, place, cdr)),
    sessionUpdate(database, stored, change),
    closing(database, stored, closed),
    creditedUpdate(database, correction),
  ]);
  return written === 'written' ? 'corrected' : written;
}

/** Reads which readings a CDR is based on that was credited, from its place in the charger's chain. */
export async function readCountedOfCredited(
  database: Database,
  chargerKey: string,
  sequence: number,
): Promise<CountedReadings> {
  return countedFrom((await getItem(database, cdrItemKey(chargerKey, sequence))) ?? {});
}

/** Records that late readings of a session left its CDR unchanged, and marks them as reviewed. */
export async function writeReview(
  database: Database,
  stored: StoredSession,
  note: LateNote,
  closed: ClosedRunningView,
): Promise<'noted' | Refusal> {
  const written = await writeTogether(database, [
    sessionUpdate(database, stored, { set: { lateNote: note } }),
    closing(database, stored, closed),
  ]);
  return written === 'written' ? 'noted' : written;
}

/**
 * Lets readings count that were kept until then, of a session whose CDR is not sealed and not decided on: the stream has
 * the CDR made again.
 */
export async function letCount(
  database: Database,
  { session, version }: StoredSession,
  until: string,
): Promise<'written' | 'changed'> {
  const update = await conditional(
    database.client.send(
      new UpdateItemCommand({
        TableName: database.state,
        Key: keyAttributes(sessionKey(session.sessionId)),
        ...updateOf({
          set: { lateUntil: until, version: version + 1 },
          names: ['cdrSequence', 'decision'],
          values: { expectedVersion: version },
        }),
        ConditionExpression:
          '#version = :expectedVersion AND attribute_not_exists(#cdrSequence) AND attribute_not_exists(#decision)',
      }),
    ),
  );
  return update.kind === 'written' ? 'written' : 'changed';
}
