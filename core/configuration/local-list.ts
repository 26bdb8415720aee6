import type { ConfigurationKey } from '../command/command-outcome.ts';
import type { CommandOf, ListedToken } from '../command/command-request.ts';
import type { AnsweredCommand } from '../command/known-configuration.ts';
import type { Protocol } from '../ocpp/protocol.ts';
import { authorizeToken } from '../token/authorize-token.ts';
import { normalizeTokenId } from '../token/normalize-token-id.ts';
import type { Token } from '../token/token.ts';
import { instant } from '../units/instant.ts';
import type { WantedConfiguration } from './desired-configuration.ts';

/** Versions between two states of an operator's tokens: as many messages may carry one list, each with a version of its own. */
const versionsPerState = 100;

/** Tokens on a list at most, whatever a charger says that it holds. */
export const mostListed = 2_000;

/** Tokens of one message where the charger names no limit. */
const usualPerMessage = 50;

/** A token of an operator, and when it was changed last, ISO 8601 in UTC. */
export type DatedToken = Token & { readonly changedAt?: string };

/** An entry of a list, and when it or its group was changed last, ISO 8601 in UTC; empty where nobody knows. */
export type ListEntry = ListedToken & { readonly changedAt: string };

/** The list that a charger was given by us, and when the tokens on it were read, ISO 8601 in UTC. */
export type GivenList = { readonly version: number; readonly readAt: string };

/** The tokens of an operator as a list. */
export type WantedList = {
  /** How often they have been changed. */
  readonly changes: number;
  /** When one was changed last, and when one was deleted last, ISO 8601 in UTC. */
  readonly changedAt?: string;
  readonly deletedAt?: string;
};

/** Ms until a list of tokens that was read shows a change of one for certain: indexes lag behind. */
const settling = 5_000;

/** Whether tokens that are read at a time (epoch ms) may still be as they were before the latest change of one. */
export const mayBeStale = ({ changedAt }: WantedList, now: number): boolean =>
  changedAt !== undefined && now - Date.parse(changedAt) < settling;

/** Tokens that a charger takes in one message, and holds in all. */
export type ListLimits = { readonly perMessage: number; readonly inAll: number };

/** Whether a charger should have the tokens of its operator as local list; it comes before its operator. */
export const wantsLocalList = (
  operator?: WantedConfiguration,
  charger?: WantedConfiguration,
): boolean => charger?.localList ?? operator?.localList ?? false;

/** The version of the list after so many changes: higher with each, and never that of an empty list. */
export const listVersion = ({ changes }: WantedList): number => (changes + 1) * versionsPerState;

const limitKeys = {
  'ocpp1.6': ['SendLocalListMaxLength', 'LocalAuthListMaxLength'],
  'ocpp2.0.1': ['LocalAuthListCtrlr.ItemsPerMessage'],
  'ocpp2.1': ['LocalAuthListCtrlr.ItemsPerMessage'],
} as const satisfies Record<Protocol, readonly string[]>;

/** The settings in which a charger says how long a list may be (OCPP 1.6 section 9.3, 2.0.1 part 2 section 2.2). */
export const listLimitKeys = (protocol: Protocol): readonly string[] => limitKeys[protocol];

/** The limits among the settings of a charger. */
export function listLimits(settings: readonly ConfigurationKey[]): ListLimits {
  const numberOf = (...names: readonly string[]): number | undefined => {
    const found = settings.find(({ key }) => names.some((name) => name === key.toLowerCase()));
    const number = Number(found?.value);
    return Number.isSafeInteger(number) && number > 0 ? number : undefined;
  };
  const perMessage = numberOf('sendlocallistmaxlength', 'localauthlistctrlr.itemspermessage');
  const inAll = numberOf('localauthlistmaxlength');
  return {
    perMessage: perMessage ?? usualPerMessage,
    inAll: Math.min(mostListed, inAll ?? mostListed),
  };
}

/** The version that a charger said its list has; undefined where it said no version or an impossible one, and where it has no such list. */
export function reportedVersion(answers: readonly AnsweredCommand[]): number | undefined {
  for (const { request, outcome } of answers) {
    if (request.type !== 'local-list-version' || outcome?.kind !== 'accepted') continue;
    const { data } = outcome;
    if (data?.kind !== 'local-list-version') continue;
    return Number.isSafeInteger(data.version) && data.version >= 0 ? data.version : undefined;
  }
  return undefined;
}

/** OCPP 1.6 has tokens of 20 characters. */
const longest = (protocol: Protocol): number => (protocol === 'ocpp1.6' ? 20 : 36);

/** The entries of a list at a time, those that may charge first; of a token that its group refuses as the group is. */
export function listEntries(
  protocol: Protocol,
  tokens: readonly DatedToken[],
  now: string,
): readonly ListEntry[] {
  const at = instant(BigInt(Date.parse(now)));
  const byId = new Map(tokens.map((token) => [normalizeTokenId(token.tokenId), token]));
  const fits = (text = ''): boolean => text.length <= longest(protocol);
  return tokens
    .filter(({ tokenId, parentTokenId }) => fits(tokenId) && fits(parentTokenId))
    .map((token) => {
      const { tokenId, parentTokenId } = token;
      const parent =
        parentTokenId === undefined ? undefined : byId.get(normalizeTokenId(parentTokenId));
      const changedAt = [token.changedAt ?? '', parent?.changedAt ?? ''].toSorted()[1] ?? '';
      return { tokenId, authorization: authorizeToken(token, parent, at), changedAt };
    })
    .toSorted((a, b) => rank(a) - rank(b));
}

const rank = ({ authorization }: ListedToken): number =>
  authorization?.status === 'Accepted' ? 0 : 1;

/** The facts that decide how a list is sent. */
export type ListPlan = {
  readonly wanted: WantedList;
  readonly entries: readonly ListEntry[];
  readonly limits: ListLimits;
  /** The version that the charger says it has. */
  readonly reported: number | undefined;
  readonly given: GivenList | undefined;
  /** Whether changes alone may be sent; false once a charger refused them. */
  readonly mayDiffer: boolean;
};

/** Ms that the clocks of our functions may differ by, and a change may take to be kept. */
const margin = 60_000;

/** The entries that changed since a charger was given its list; undefined where the whole list has to be sent. */
function changed(plan: ListPlan): ListPlan['entries'] | undefined {
  const { given, wanted, entries, limits, mayDiffer } = plan;
  if (!mayDiffer || given === undefined || given.version !== plan.reported) return undefined;
  const since = new Date(Date.parse(given.readAt) - margin).toISOString();
  // A token that is not on the list any more is nowhere to be found.
  const isCut = entries.length > limits.inAll || (wanted.deletedAt ?? '') >= since;
  if (isCut) return undefined;
  return entries.filter(({ changedAt }) => changedAt >= since);
}

const plain = ({ tokenId, authorization }: ListedToken): ListedToken =>
  authorization === undefined ? { tokenId } : { tokenId, authorization };

/**
 * The messages that give a charger its list: none where it has it, only what changed where it has one of ours, and else the whole
 * list. One that is too long for a message goes on in changes, with the wanted version at last.
 */
export function listMessages(plan: ListPlan): readonly CommandOf<'local-list'>[] {
  const { wanted, entries, limits } = plan;
  const last = listVersion(wanted);
  if (plan.mayDiffer && plan.given?.version === last && plan.reported === last) return [];
  const changes = changed(plan);
  const tokens = (changes ?? entries.slice(0, limits.inAll)).slice(
    0,
    limits.perMessage * versionsPerState,
  );
  const count = Math.max(1, Math.ceil(tokens.length / limits.perMessage));
  return Array.from({ length: count }, (_, n) => ({
    type: 'local-list',
    version: last - (count - 1 - n),
    full: changes === undefined && n === 0,
    tokens: tokens.slice(n * limits.perMessage, (n + 1) * limits.perMessage).map(plain),
  }));
}

/** How the local list of a charger stands. */
export type ListDrift = {
  readonly state: 'as-desired' | 'differs' | 'not-reported';
  /** The version that it should have. */
  readonly version: number;
  /** The version that it has, as far as it has said or taken one. */
  readonly reported: number | null;
};

/** Holds the list that a charger should have against the one that it took or named last; its commands come latest first. */
export function localListDrift(
  wanted: WantedList,
  given: GivenList | undefined,
  commands: readonly AnsweredCommand[],
): ListDrift {
  const version = listVersion(wanted);
  const taken = commands.find(
    ({ request, outcome }) =>
      outcome?.kind === 'accepted' &&
      (request.type === 'local-list' || request.type === 'local-list-version'),
  );
  const reported =
    taken?.request.type === 'local-list'
      ? taken.request.version
      : reportedVersion(taken === undefined ? [] : [taken]);
  if (reported === undefined) return { state: 'not-reported', version, reported: null };
  const isOwn = reported === version && given?.version === version;
  return { state: isOwn ? 'as-desired' : 'differs', version, reported };
}
