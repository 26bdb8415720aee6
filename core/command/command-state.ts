import type { CommandOutcome } from './command-outcome.ts';

/** The life of a command: it waits, it was sent, or it has ended. */
export type CommandState =
  | 'queued'
  | 'sent'
  | 'accepted'
  | 'rejected'
  | 'failed'
  | 'timed-out'
  | 'expired'
  | 'cancelled';

/** The events in the life of a command. */
export type CommandEvent =
  | { readonly kind: 'sent' }
  /** The connection that it was sent on does not exist any more: the charger has not got it. */
  | { readonly kind: 'undelivered' }
  | { readonly kind: 'answered'; readonly outcome: CommandOutcome }
  /** The charger has not answered in time. */
  | { readonly kind: 'timed-out' }
  /** It could not be sent before it became pointless. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'cancelled' }
  /** It can be sent no more: its charger speaks another OCPP version by now, which has no words for it, or a certificate in it has expired. */
  | { readonly kind: 'unsendable'; readonly outcome: CommandOutcome };

/** The only state in which each event changes a command: any other time it comes too late and changes nothing. */
export const stateBefore = {
  sent: 'queued',
  undelivered: 'sent',
  answered: 'sent',
  'timed-out': 'sent',
  expired: 'queued',
  cancelled: 'queued',
  unsendable: 'queued',
} as const satisfies Record<CommandEvent['kind'], CommandState>;

/** The state that an event leads to. */
export const stateAfter = (event: CommandEvent): CommandState => {
  switch (event.kind) {
    case 'undelivered':
      return 'queued';
    case 'answered': {
      const { kind } = event.outcome;
      return kind === 'unreadable' ? 'failed' : kind;
    }
    case 'unsendable':
      return 'failed';
    default:
      return event.kind;
  }
};

/** The state of a command after an event; an event that comes too late changes nothing. */
export const changeCommand = (state: CommandState, event: CommandEvent): CommandState =>
  state === stateBefore[event.kind] ? stateAfter(event) : state;

/** Says whether a command waited too long, also before that was noted. `expiresAt` and `now` are ISO 8601 in UTC. */
export const hasExpired = (
  { state, expiresAt }: { readonly state: CommandState; readonly expiresAt: string },
  now: string,
): boolean => state === 'queued' && expiresAt <= now;

/** Says whether a command has ended: nothing changes it any more. */
export const hasEnded = (state: CommandState): boolean => state !== 'queued' && state !== 'sent';
