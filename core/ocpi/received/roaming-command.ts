import type { ActiveChargingProfile, PartnerChargingProfile } from '../model/charging-profile.ts';
import type { CommandResponse, CommandResult } from '../model/command.ts';
import type { Party } from '../model/party.ts';

/** The kinds of commands to a partner: those of OCPI, and the requests of its module of charging profiles. */
export const roamingCommandTypes = [
  'start',
  'stop',
  'reserve',
  'cancel-reservation',
  'unlock',
  'set-charging-profile',
  'clear-charging-profile',
  'composite-schedule',
] as const;

/** A kind of command to a partner. */
export type RoamingCommandType = (typeof roamingCommandTypes)[number];

/** A command of ours to a partner, and what became of it. Times are ISO 8601 in UTC. */
export type RoamingCommand = {
  readonly commandId: string;
  readonly operatorId: string;
  readonly partnerId: string;
  readonly type: RoamingCommandType;
  /** `sent`: the partner has it, or may have it; `accepted`: it was carried out; `cancelled`: a reservation that was taken back. */
  readonly state: 'sent' | 'accepted' | 'rejected' | 'failed' | 'cancelled';
  /** The party of the partner that it is for. */
  readonly receiver?: Party;
  /** The partner's ids of what it is about. */
  readonly locationId?: string;
  readonly evseUid?: string;
  readonly connectorId?: string;
  readonly sessionId?: string;
  readonly tokenId?: string;
  /** Our id of a reservation, a whole number, and until when it is asked for. */
  readonly reservationId?: string;
  readonly reservedUntil?: string;
  /** The command by which what is to be cancelled was reserved. */
  readonly reservedBy?: string;
  /** The profile that is to be set. */
  readonly profile?: PartnerChargingProfile;
  /** Seconds for which the profile of a session is asked. */
  readonly durationSeconds?: number;
  /** The profile that the session is charged by, as the partner said last. */
  readonly activeProfile?: ActiveChargingProfile;
  /** The partner's word at once, and the one that it sent later. */
  readonly response?: string;
  readonly result?: string;
  /** Why it failed, or what the partner says to it. */
  readonly message?: string;
  readonly createdAt: string;
  readonly finishedAt?: string;
  /** By then the result has come, or does not come any more. */
  readonly expiresAt: string;
};

/** The commands that go to the partner's module of charging profiles. */
export const isAboutProfile = ({ type }: Pick<RoamingCommand, 'type'>): boolean =>
  type === 'set-charging-profile' ||
  type === 'clear-charging-profile' ||
  type === 'composite-schedule';

const isAccepted = (word: string): boolean => word.toUpperCase() === 'ACCEPTED';

const textOf = ({ message }: Pick<CommandResult, 'message'>) =>
  message[0] === undefined ? {} : { message: message[0].text };

/** The command after the partner's answer at once. A result may have come before it, and counts more. */
export function afterResponse(
  command: RoamingCommand,
  response: CommandResponse,
  now: string,
): RoamingCommand {
  const answered = { ...command, response: response.result };
  if (command.state !== 'sent') return answered;
  if (!isAccepted(response.result)) {
    return { ...answered, ...textOf(response), state: 'rejected', finishedAt: now };
  }
  const end = Date.parse(now) + Math.max(0, response.timeout) * 1_000;
  return { ...answered, expiresAt: new Date(end).toISOString() };
}

/** The outcome of a command, and the profile of a session where that was asked for. */
export type OutcomeOfCommand = CommandResult & { readonly profile?: ActiveChargingProfile };

/** The reservation that the partner, or we, took back. */
export const afterCancellation = (command: RoamingCommand, now: string): RoamingCommand =>
  command.state === 'cancelled' ? command : { ...command, state: 'cancelled', finishedAt: now };

/**
 * The command after the partner's result, of which the first one counts; also one that comes after its time. A reservation that was
 * accepted may be taken back by the partner later, with another result.
 */
export function afterResult(
  command: RoamingCommand,
  result: OutcomeOfCommand,
  now: string,
): RoamingCommand {
  const isTakenBack = command.type === 'reserve' && result.result === 'CANCELED_RESERVATION';
  if (isTakenBack) {
    return afterCancellation({ ...command, ...textOf(result), result: result.result }, now);
  }
  if (command.result !== undefined) return command;
  return {
    ...command,
    ...textOf(result),
    ...(result.profile === undefined ? {} : { activeProfile: result.profile }),
    state: isAccepted(result.result) ? 'accepted' : 'rejected',
    result: result.result,
    finishedAt: now,
  };
}

/** The command that could not be given to the partner, unless its result came all the same. */
export const afterFailure = (
  command: RoamingCommand,
  message: string,
  now: string,
): RoamingCommand =>
  command.state === 'sent' ? { ...command, state: 'failed', message, finishedAt: now } : command;
