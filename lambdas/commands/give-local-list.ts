import type { ConfigurationKey } from '../../core/command/command-outcome.ts';
import type { AnsweredCommand } from '../../core/command/known-configuration.ts';
import {
  type DatedToken,
  type GivenList,
  listEntries,
  listLimits,
  listMessages,
  listVersion,
  mayBeStale,
  mostListed,
  reportedVersion,
  type WantedList,
} from '../../core/configuration/local-list.ts';
import type { ConfigurationOfCharger } from '../store/chargers/desired-configuration.ts';
import { readTokensOf } from '../store/operators/tokens.ts';
import { makeCommands, type Place } from './make-command.ts';
import type { Sender } from './sender.ts';

type Read = {
  readonly changes: number;
  readonly readAt: string;
  readonly tokens: readonly DatedToken[];
};

/** The tokens of operators as they were read last: the chargers of a fleet are given the same ones one after the other. */
const cache = new Map<string, Read>();

/** Operators whose tokens are remembered. */
const mostCached = 20;

/** The tokens of an operator, at least as new as so many changes. */
async function tokensOf(
  { database, now }: Sender,
  operatorId: string,
  wanted: WantedList,
): Promise<Read> {
  const { changes } = wanted;
  const found = cache.get(operatorId);
  if (found?.changes === changes) return found;
  const readAt = new Date(now()).toISOString();
  const tokens = await readTokensOf(database, operatorId, mostListed);
  if (!mayBeStale(wanted, Date.parse(readAt))) {
    if (cache.size >= mostCached) cache.clear();
    cache.set(operatorId, { changes, readAt, tokens });
  }
  return { changes, readAt, tokens };
}

/** Messages by which a charger was sent its list. */
export type SentList = {
  readonly sequences: readonly string[];
  readonly given: GivenList;
  /** Whether the list was sent as a whole. */
  readonly isFull: boolean;
};

const settingsIn = (answers: readonly AnsweredCommand[]): readonly ConfigurationKey[] =>
  answers.flatMap(({ outcome }) =>
    outcome?.kind === 'accepted' && outcome.data?.kind === 'configuration' ? outcome.data.keys : [],
  );

/** Sends a charger its local list, by what it answered; undefined where it has it, or has no such list. */
export async function giveLocalList(
  sender: Sender,
  place: Place,
  { list: wanted, configured }: ConfigurationOfCharger,
  answers: readonly AnsweredCommand[],
  mayDiffer: boolean,
): Promise<SentList | undefined> {
  const reported = reportedVersion(answers);
  if (wanted === undefined || reported === undefined) return undefined;
  const given = configured?.list;
  if (mayDiffer && reported === listVersion(wanted) && given?.version === reported)
    return undefined;
  const { readAt, tokens } = await tokensOf(sender, place.charger.operatorId, wanted);
  const entries = listEntries(place.connection.protocol, tokens, readAt);
  const limits = listLimits(settingsIn(answers));
  const messages = listMessages({ wanted, entries, limits, reported, given, mayDiffer });
  if (messages.length === 0) return undefined;
  return {
    sequences: await makeCommands(sender, place, messages),
    given: { version: listVersion(wanted), readAt },
    isFull: messages[0]?.full === true,
  };
}
