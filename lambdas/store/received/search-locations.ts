import { leastLetters, wordsOf } from '../../../core/ocpi/received/search-words.ts';
import type { Database } from '../table/client.ts';
import { receivedLists } from '../table/keys/received-keys.ts';
import { type Listed, type ListRequest, listThings } from '../table/listed.ts';
import { heldLocationFrom } from './held-location.ts';
import { type FoundLocation, isWanted, type LocationSearch } from './location-search.ts';
import { listAround } from './locations-around.ts';
import { listWithWord } from './locations-with-word.ts';

const longest = (words: readonly string[]): string =>
  words.toSorted((a, b) => b.length - a.length)[0] ?? '';

/**
 * Searches the locations of partners. Around a point it reads an entry for each location of the cells, 40 for half a read unit, and
 * those within the distance until the page is full; by text, those with the longest word; else, all in their order. Filters leave out
 * of a page what does not fit, so that a page may have fewer locations than asked for, and another one after it.
 */
export async function searchLocations(
  database: Database,
  operatorId: string,
  search: LocationSearch,
  page: ListRequest,
): Promise<Listed<FoundLocation>> {
  const { around, text: asked = '' } = search;
  if (around !== undefined) {
    return await listAround(database, operatorId, { ...search, around }, page);
  }
  const word = longest(wordsOf(asked));
  if (word.length >= leastLetters) {
    return await listWithWord(database, operatorId, search, word, page);
  }
  const from = search.partnerId === undefined ? undefined : `${search.partnerId.toUpperCase()}#`;
  const { items, next } = await listThings(
    database,
    {
      steps: [[receivedLists.locations(operatorId)]],
      order: 'ascending',
      from,
      to: from === undefined ? undefined : `${from}\uffff`,
      ...page,
    },
    heldLocationFrom,
  );
  return { items: items.filter((one) => isWanted(one, search)), next };
}
