import type { CommandOutcome, RejectedReason } from '../../command/command-outcome.ts';
import type { CommandState } from '../../command/command-state.ts';
import type { CommandResult } from '../model/command.ts';

/** A command of ours as far as its result for a partner goes. */
export type EndedCommand = {
  readonly type: string;
  readonly state: CommandState;
  readonly outcome?: CommandOutcome;
};

const ofReason = (reason: RejectedReason, type: string): string => {
  switch (reason) {
    case 'occupied':
      return 'EVSE_OCCUPIED';
    case 'faulted':
    case 'unavailable':
      return 'EVSE_INOPERATIVE';
    case 'not-supported':
      return 'NOT_SUPPORTED';
    default:
      return type === 'cancel-reservation' ? 'UNKNOWN_RESERVATION' : 'REJECTED';
  }
};

const wordOf = ({ type, state, outcome }: EndedCommand): string => {
  switch (state) {
    case 'accepted':
      return 'ACCEPTED';
    case 'rejected':
      return outcome?.kind === 'rejected' ? ofReason(outcome.reason, type) : 'REJECTED';
    case 'timed-out':
    case 'expired':
      return 'TIMEOUT';
    case 'cancelled':
      return 'REJECTED';
    default:
      return 'FAILED';
  }
};

/** The result of a reservation that was kept, and is taken back by us (CommandResultType, since 2.2). */
export const cancelledReservation: CommandResult = { result: 'CANCELED_RESERVATION', message: [] };

/** The result of a command of a partner in the words of OCPI, once it has ended. */
export const resultOfCommand = (command: EndedCommand): CommandResult => ({
  result: wordOf(command),
  message: [],
});
