import type { CommandRequest } from '../../command/command-request.ts';
import type { Session } from '../../session/session.ts';

/** Says whether a command that a charger accepted may change how fast a session charges there: a limit set or taken off for it, its EVSE or the whole charger. */
export function changesProfile(
  request: CommandRequest,
  { evseId, transactionId }: Pick<Session, 'evseId' | 'transactionId'>,
): boolean {
  const isSet = request.type === 'set-charging-profile';
  if (!isSet && request.type !== 'clear-charging-profile') return false;
  const { connector } = request;
  const isThere = connector === undefined || connector.evseId === 0 || connector.evseId === evseId;
  const of = isSet ? request.profile.transactionId : undefined;
  return isThere && (of === undefined || of === transactionId);
}
