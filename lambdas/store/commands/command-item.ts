import type { CommandOutcome } from '../../../core/command/command-outcome.ts';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import {
  type CommandEvent,
  type CommandState,
  hasEnded,
  stateAfter,
} from '../../../core/command/command-state.ts';
import { holdsSecret, passwordsIn, shownRequest } from '../../../core/command/secret-settings.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { document, type Item, optionalMap, optionalText, text, toItem } from '../table/item.ts';
import { commandKey } from '../table/keys/command-keys.ts';

/** A command to a charger as it is stored. */
export type Command = {
  /** Its place among the commands of its charger. */
  readonly sequence: string;
  readonly chargerKey: string;
  readonly operatorId: string;
  readonly chargerId: string;
  readonly state: CommandState;
  readonly request: CommandRequest;
  /** The session that a `stop` is to end. */
  readonly sessionId?: string;
  /** The session whose partner gets the answer: how fast it charges now. */
  readonly profileOf?: string;
  /** Why it was made, where nobody asked for it itself. */
  readonly origin?: 'desired-configuration' | 'firmware-campaign' | 'certificate' | 'running-cost';
  /** The partner that ordered it, where it wants the result and, behind a hub, for which party. */
  readonly orderedBy?: {
    readonly partnerId: string;
    readonly responseUrl: string;
    readonly party?: Party;
    /** The party of ours that it was for. */
    readonly us?: Party;
  };
  /** The CALL, as text, empty once it has ended. */
  readonly frame: string;
  /** The version that it was written in; absent from older commands. */
  readonly protocol?: Protocol;
  /** ISO 8601 in UTC, like all times here. */
  readonly createdAt: string;
  /** When it becomes pointless to send it. */
  readonly expiresAt: string;
  readonly sentAt?: string;
  readonly finishedAt?: string;
  readonly outcome?: CommandOutcome;
};

/** Days that a command is kept; one with a password or another secret only as long as it may wait. */
const retentionDays = (request: CommandRequest): number => (holdsSecret(request) ? 8 : 90);

/**
 * A request as it is stored, as text: nothing is looked for inside it. One with a secret is stored once as it may be shown, and once whole, which
 * is removed when its command has ended; a password that its charger is to connect with only when it need not be sent again.
 */
export const requestAttributes = (request: CommandRequest) => {
  const whole = JSON.stringify(request);
  const shown = JSON.stringify(shownRequest(request));
  const hasPassword = request.type === 'set-configuration' && passwordsIn(request).length > 0;
  const isPlain = shown === whole;
  return {
    request: shown,
    secret: isPlain || hasPassword ? undefined : whole,
    password: hasPassword ? whole : undefined,
  };
};

/** The attributes of a command that are removed when an event has ended it. */
export const endedWithout = (event: CommandEvent): readonly string[] => {
  const state = stateAfter(event);
  if (!hasEnded(state)) return [];
  const isDone = state === 'accepted' || state === 'expired';
  return ['frame', 'secret', ...(isDone ? ['password'] : [])];
};

/** Writes a command as its item. */
export const commandItem = ({ chargerKey, request, outcome, ...command }: Command): Item =>
  toItem({
    ...commandKey(chargerKey, command.sequence),
    kind: 'COMMAND',
    chargerKey,
    ...command,
    ...requestAttributes(request),
    outcome: outcome === undefined ? undefined : JSON.stringify(outcome),
    removeAt: Math.floor(Date.parse(command.createdAt) / 1000) + retentionDays(request) * 86_400,
  });

const partyIn = (map: Item, name: string): Party | undefined => {
  const party = optionalMap(map, name);
  return party && { countryCode: text(party, 'countryCode'), partyId: text(party, 'partyId') };
};

const orderedByIn = (item: Item): Command['orderedBy'] => {
  const map = optionalMap(item, 'orderedBy');
  return (
    map &&
    omitUndefined({
      partnerId: text(map, 'partnerId'),
      responseUrl: text(map, 'responseUrl'),
      party: partyIn(map, 'party'),
      us: partyIn(map, 'us'),
    })
  );
};

const requestFrom = (item: Item): CommandRequest => {
  const whole = ['password', 'secret'].find((name) => name in item);
  return document<CommandRequest>(item, whole ?? 'request');
};

/** Reads a command from its item. */
export const commandFrom = (item: Item): Command =>
  omitUndefined({
    sequence: text(item, 'sequence'),
    chargerKey: text(item, 'chargerKey'),
    operatorId: text(item, 'operatorId'),
    chargerId: text(item, 'chargerId'),
    state: text(item, 'state') as CommandState,
    request: requestFrom(item),
    sessionId: optionalText(item, 'sessionId'),
    profileOf: optionalText(item, 'profileOf'),
    origin: optionalText(item, 'origin') as Command['origin'],
    orderedBy: orderedByIn(item),
    frame: optionalText(item, 'frame') ?? '',
    protocol: optionalText(item, 'protocol') as Protocol | undefined,
    createdAt: text(item, 'createdAt'),
    expiresAt: text(item, 'expiresAt'),
    sentAt: optionalText(item, 'sentAt'),
    finishedAt: optionalText(item, 'finishedAt'),
    outcome: item['outcome'] === undefined ? undefined : document<CommandOutcome>(item, 'outcome'),
  });
