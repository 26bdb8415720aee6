import { QueryCommand } from '@aws-sdk/client-dynamodb';
import { leastLetters } from '../../../core/ocpi/received/search-words.ts';
import { beginningOf } from '../../../core/units/beginning-of.ts';
import type { Database } from '../table/client.ts';
import { text } from '../table/item.ts';
import { receivedTermPk } from '../table/keys/received-keys.ts';
import type { Listed, ListRequest } from '../table/listed.ts';
import { type Entries, fillPage } from '../table/owner-listing.ts';
import type { HeldLocation } from './held-location.ts';
import {
  type FoundLocation,
  isWanted,
  type LocationEntry,
  type LocationSearch,
  locationsOf,
} from './location-search.ts';

/** Lists the locations of partners that have a word which begins so, in the order of these words. */
export async function listWithWord(
  database: Database,
  operatorId: string,
  search: LocationSearch,
  word: string,
  { limit, after }: ListRequest,
): Promise<Listed<FoundLocation>> {
  const pk = receivedTermPk(operatorId, 'WORD', beginningOf(word, leastLetters));
  const page: Entries<LocationEntry & { readonly location: HeldLocation }> = await fillPage(
    { limit },
    async (Limit, lastKey) => {
      const start =
        lastKey ?? (after === undefined ? undefined : { pk: { S: pk }, sk: { S: after } });
      const output = await database.client.send(
        new QueryCommand({
          TableName: database.state,
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :word)',
          ExpressionAttributeValues: { ':pk': { S: pk }, ':word': { S: word } },
          Limit,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      );
      const entries = (output.Items ?? []).map((item): LocationEntry => {
        const sort = text(item, 'sk');
        return { sort, id: sort.slice(sort.indexOf('#') + 1) };
      });
      const found = await locationsOf(database, operatorId, entries);
      return {
        // A location has several words that begin alike: it is shown at the first of them.
        entries: found.filter(
          ({ sort, location }) =>
            isWanted(location, search) &&
            location.words.find((one) => one.startsWith(word)) === sort.slice(0, sort.indexOf('#')),
        ),
        lastKey: output.LastEvaluatedKey,
      };
    },
    ({ sort }) => sort,
    (key) => text(key, 'sk'),
  );
  return { items: page.entries.map(({ location }) => location), next: page.next };
}
