import type { CommandResponse, CommandResult } from '../model/command.ts';

/** A command of ours to a partner, and what became of it. Times are ISO 8601 in UTC. */
export type RoamingCommand = {
  readonly commandId: string;
  readonly operatorId: string;
  readonly partnerId: string;
  readonly type: 'start' | 'stop';
  /** `sent`: the partner has it, or may have it; `accepted`: it was carried out. */
  readonly state: 'sent' | 'accepted' | 'rejected' | 'failed';
  /** The partner's ids of what it is about. */
  readonly locationId?: string;
  readonly evseUid?: string;
  readonly connectorId?: string;
  readonly sessionId?: string;
  readonly tokenId?: string;
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

/** The command after the partner's result, of which the first one counts; also one that comes after its time. */
export const afterResult = (
  command: RoamingCommand,
  result: CommandResult,
  now: string,
): RoamingCommand =>
  command.result === undefined
    ? {
        ...command,
        ...textOf(result),
        state: isAccepted(result.result) ? 'accepted' : 'rejected',
        result: result.result,
        finishedAt: now,
      }
    : command;

/** The command that could not be given to the partner, unless its result came all the same. */
export const afterFailure = (
  command: RoamingCommand,
  message: string,
  now: string,
): RoamingCommand =>
  command.state === 'sent' ? { ...command, state: 'failed', message, finishedAt: now } : command;
