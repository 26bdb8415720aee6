import type { TransactWriteItem } from '@aws-sdk/client-dynamodb';
import { cellOf } from '../../../core/ocpi/received/area.ts';
import { leastLetters } from '../../../core/ocpi/received/search-words.ts';
import { beginningOf } from '../../../core/units/beginning-of.ts';
import type { Database } from '../table/client.ts';
import { toItem } from '../table/item.ts';
import type { Key } from '../table/keys/key.ts';
import { type ReceivedFrom, receivedTermPk } from '../table/keys/received-keys.ts';
import type { HeldLocation, LocationHead } from './held-location.ts';
import { deletePart, putPart } from './write-parts.ts';

/** Where a location is. */
export type Place = Pick<LocationHead, 'coordinates'>;

const pointOf = ({ coordinates }: Place) => ({
  latitude: Number(coordinates.latitude),
  longitude: Number(coordinates.longitude),
});

/** The cell of the map that a location lies in; empty where its coordinates are none. */
export const cellIn = (place: Place): string => {
  const { latitude, longitude } = pointOf(place);
  const isPlace = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return isPlace ? cellOf({ latitude, longitude }) : '';
};

/** The words and the cell by which a location is found. */
export type Terms = Pick<HeldLocation, 'words' | 'cell'>;

const wordKeys = (operatorId: string, id: string, words: readonly string[]): readonly Key[] =>
  words.map((word) => ({
    pk: receivedTermPk(operatorId, 'WORD', beginningOf(word, leastLetters)),
    sk: `${word}#${id}`,
  }));

const cellKeys = (operatorId: string, id: string, cell: string): readonly Key[] =>
  cell === '' ? [] : [{ pk: receivedTermPk(operatorId, 'CELL', cell), sk: id }];

/** The entries by which a location is found: written before it, so that it is never there and not to be found. */
export function termParts(
  database: Database,
  { operatorId }: ReceivedFrom,
  id: string,
  before: HeldLocation | undefined,
  after: Terms & Place,
): { readonly added: readonly TransactWriteItem[]; readonly ended: readonly TransactWriteItem[] } {
  const { words = [], cell = '', head } = before ?? {};
  const point = pointOf(after);
  const hasMoved = head === undefined || JSON.stringify(pointOf(head)) !== JSON.stringify(point);
  const addedWords = after.words.filter((word) => !words.includes(word));
  const endedWords = words.filter((word) => !after.words.includes(word));
  return {
    added: [
      ...wordKeys(operatorId, id, addedWords).map((key) =>
        putPart(database, toItem({ ...key, kind: 'RECEIVEDTERM' })),
      ),
      ...(hasMoved ? cellKeys(operatorId, id, after.cell) : []).map((key) =>
        putPart(database, toItem({ ...key, kind: 'RECEIVEDTERM', ...point })),
      ),
    ],
    ended: [
      ...wordKeys(operatorId, id, endedWords),
      ...(cell === after.cell ? [] : cellKeys(operatorId, id, cell)),
    ].map((key) => deletePart(database, key)),
  };
}
