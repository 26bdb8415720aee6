import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import type { PartnerEvse } from '../../../core/ocpi/model/evse.ts';
import type { PartnerLocation } from '../../../core/ocpi/model/location.ts';
import { laterOf } from '../../../core/ocpi/received/later-of.ts';
import {
  evseFigures,
  type LocationFigures,
  locationFigures,
} from '../../../core/ocpi/received/location-figures.ts';
import { searchWords } from '../../../core/ocpi/received/search-words.ts';
import { isOutdated } from '../../../core/ocpi/received/times-ahead.ts';
import type { Database } from '../table/client.ts';
import { type Item, toItem } from '../table/item.ts';
import {
  type ReceivedFrom,
  receivedEvseKey,
  receivedId,
  receivedKey,
  receivedLists,
} from '../table/keys/received-keys.ts';
import type { HeldEvse, HeldLocation, LocationHead } from './held-location.ts';
import { keptObject } from './kept-object.ts';
import { cellIn, type Terms, termParts } from './location-terms.ts';
import type { WholeLocation } from './read-received-location.ts';
import { deletePart, ifAsRead, putPart, writeParts } from './write-parts.ts';

/** The outcome of a write: `too-large` names the object that no item of the database holds. */
export type Written = 'written' | 'changed' | { readonly tooLarge: string };

type Head = Terms & {
  readonly from: ReceivedFrom;
  readonly head: LocationHead;
  readonly figures: LocationFigures;
  readonly revision: number;
};

function headItem({ from, head, figures, words, cell, revision }: Head): Item | undefined {
  const object = keptObject(head);
  const { operatorId, partnerId, owner } = from;
  const id = receivedId('location', from, head.id);
  return (
    object && {
      ...toItem({
        ...receivedKey(operatorId, id),
        kind: 'RECEIVEDLOCATION',
        operatorId,
        partnerId,
        words,
        cell,
        revision,
        ...figures,
        lastUpdated: head.lastUpdated,
        listKey: receivedLists.locations(operatorId),
        listSort: [partnerId, owner.countryCode, owner.partyId, id].join('#').toUpperCase(),
      }),
      object,
    }
  );
}

const samePacked = (a: Uint8Array | undefined, b: Uint8Array | undefined): boolean =>
  a !== undefined && b !== undefined && Buffer.from(a).equals(b);

type EvseWrite = {
  readonly evse: PartnerEvse;
  readonly place: number;
  readonly before: HeldEvse | undefined;
};

/** The write of an EVSE; undefined where it is stored already, or where no item holds it. */
function evsePart(
  database: Database,
  operatorId: string,
  id: string,
  { evse, place, before }: EvseWrite,
): TransactWriteItem | 'same' | 'too-large' {
  const object = keptObject(evse);
  if (object === undefined) return 'too-large';
  if (samePacked(object.B, before?.packed)) return 'same';
  const item = toItem({
    ...receivedEvseKey(operatorId, id, evse.uid),
    kind: 'RECEIVEDEVSE',
    place,
    ...evseFigures(evse),
    revision: (before?.revision ?? 0) + 1,
  });
  return putPart(database, { ...item, object }, ifAsRead(before?.revision));
}

/** One that arrived late leaves what is held of an EVSE. */
const newer = (evse: PartnerEvse, before: HeldEvse | undefined, receivedAt: string): PartnerEvse =>
  before !== undefined && isOutdated(evse.lastUpdated, before.evse.lastUpdated, receivedAt)
    ? before.evse
    : evse;

const upper = (uid: string): string => uid.toUpperCase();

type NextEvse = EvseWrite & { readonly before: HeldEvse | undefined };

/** The EVSEs that a location has next. Of two with one id, the last counts: both would be the same thing. */
function nextEvses(
  evses: readonly PartnerEvse[],
  held: ReadonlyMap<string, HeldEvse>,
  receivedAt: string,
): ReadonlyMap<string, NextEvse> {
  const sent = evses.map((evse, place): [string, NextEvse] => {
    const before = held.get(upper(evse.uid));
    return [upper(evse.uid), { evse: newer(evse, before, receivedAt), place, before }];
  });
  return new Map(sent);
}

/** The writes that make the EVSEs of a location those that it has next. */
function evseParts(
  database: Database,
  operatorId: string,
  id: string,
  held: ReadonlyMap<string, HeldEvse>,
  next: ReadonlyMap<string, NextEvse>,
): readonly TransactWriteItem[] | { readonly tooLarge: string } {
  const parts: TransactWriteItem[] = [];
  for (const one of next.values()) {
    const part = evsePart(database, operatorId, id, one);
    if (part === 'too-large') return { tooLarge: `evses[${one.place}]` };
    if (part !== 'same') parts.push(part);
  }
  for (const [uid, { revision }] of held) {
    if (next.has(uid)) continue;
    parts.push(deletePart(database, receivedEvseKey(operatorId, id, uid), ifAsRead(revision)));
  }
  return parts;
}

/**
 * Keeps a location with all its EVSEs in the place of the one before: writes what differs, and its head last. Where a crash comes
 * between the transactions of a very large one, whoever sends it again completes it. `receivedAt` is ISO 8601 in UTC.
 */
export async function writeReceivedLocation(
  database: Database,
  from: ReceivedFrom,
  before: WholeLocation | undefined,
  location: PartnerLocation,
  receivedAt: string,
): Promise<Written> {
  const { operatorId } = from;
  const { evses, ...head } = location;
  const id = receivedId('location', from, location.id);
  const held = new Map((before?.evses ?? []).map((one) => [upper(one.evse.uid), one]));
  const next = nextEvses(evses, held, receivedAt);
  const parts = evseParts(database, operatorId, id, held, next);
  if ('tooLarge' in parts) return parts;
  const after = { words: searchWords(head), cell: cellIn(head) };
  const figures = locationFigures([...next.values()].map(({ evse }) => evseFigures(evse)));
  const revision = (before?.revision ?? 0) + 1;
  const item = headItem({ from, head, figures, ...after, revision });
  if (item === undefined) return { tooLarge: '' };
  const { coordinates } = head;
  const { added, ended } = termParts(database, from, id, before, { ...after, coordinates });
  const isSame =
    before !== undefined &&
    parts.length + added.length + ended.length === 0 &&
    JSON.stringify(before.figures) === JSON.stringify(figures) &&
    samePacked(keptObject(before.head)?.B, item['object']?.B);
  if (isSame) return 'written';
  const whole = putPart(database, item, ifAsRead(before?.revision));
  return await writeParts(database, [...added, ...parts, ...ended, whole]);
}

/** The figures of a location of which one EVSE changed; undefined where only all its EVSEs tell the greatest power. */
function figuresAfter(
  location: LocationFigures,
  before: LocationFigures | undefined,
  after: LocationFigures,
): LocationFigures | undefined {
  const isLess = before !== undefined && after.powerW < before.powerW;
  if (isLess && before.powerW >= location.powerW) return undefined;
  return {
    evses: location.evses - (before?.evses ?? 0) + after.evses,
    free: location.free - (before?.free ?? 0) + after.free,
    powerW: Math.max(location.powerW, after.powerW),
  };
}

/**
 * Keeps an EVSE of a location, and moves the location's own time; `unknown-figures` where the location has to be written whole,
 * because its greatest power went.
 */
export async function writeReceivedEvse(
  database: Database,
  location: HeldLocation,
  before: HeldEvse | undefined,
  evse: PartnerEvse,
): Promise<Written | 'unknown-figures'> {
  const { operatorId } = location.from;
  const place = before?.place ?? location.figures.evses;
  const part = evsePart(database, operatorId, location.receivedId, { evse, place, before });
  if (part === 'too-large') return { tooLarge: '' };
  if (part === 'same') return 'written';
  const figures = figuresAfter(location.figures, before?.figures, evseFigures(evse));
  if (figures === undefined) return 'unknown-figures';
  const lastUpdated = laterOf(evse.lastUpdated, location.head.lastUpdated);
  const head = { ...location.head, lastUpdated };
  const item = headItem({ ...location, head, figures, revision: location.revision + 1 });
  if (item === undefined) return { tooLarge: '' };
  return await writeParts(database, [part, putPart(database, item, ifAsRead(location.revision))]);
}
