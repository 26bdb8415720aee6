import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { isOurStop } from '../../../core/session/apply-session-event.ts';
import type { Session } from '../../../core/session/session.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { createCommand as keepCommand } from '../../store/commands/commands.ts';
import type { Caller } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';
import type { CommandForm } from './command-form.ts';
import { commandView } from './command-view.ts';
import { requestFromForm } from './request-from-form.ts';

/** Seconds after which a command to a charger that is offline becomes pointless, where it does not say so itself. */
const lifetimeOf = ({ type }: CommandForm): number =>
  type === 'start' || type === 'stop' || type === 'unlock' ? 120 : 86_400;

type Place = Pick<Command, 'chargerKey' | 'chargerId'> & {
  readonly connection: Connection;
  /** The session that a `stop` is to end. */
  readonly session: Session | undefined;
};

/** One that we ended because its stop had not come may still run at its charger. */
const mayStillRun = ({ state, stop }: Session): boolean =>
  state === 'active' || (state === 'ended' && stop !== undefined && isOurStop(stop));

/** Finds the charger and, for a `stop`, the session; or says why there can be no such command. */
async function findPlace(caller: Caller, chargerKey: string, form: CommandForm) {
  const { charger, connection } = await readChargerAndConnection(caller.database, chargerKey);
  if (charger === undefined) return refused('CHARGER_NOT_FOUND');
  if (connection === undefined) return refused('CHARGER_NEVER_CONNECTED');
  const place = { chargerKey, chargerId: charger.chargerId, connection };
  if (form.type !== 'stop') return { ...place, session: undefined } satisfies Place;
  const session = (await ownSession(caller, form.sessionId))?.session;
  if (session === undefined) return refused('SESSION_NOT_FOUND');
  if (chargerKeyOf(session.operatorId, session.chargerId) !== chargerKey) {
    return refused('SESSION_NOT_FOUND');
  }
  if (!mayStillRun(session)) return refused('SESSION_NOT_ACTIVE');
  return { ...place, session } satisfies Place;
}

/** Writes the command that a form means, at a place among those of its charger. */
async function commandFor(caller: Caller, place: Place, form: CommandForm, sequence: string) {
  const { operatorId, now } = caller;
  const { chargerKey, chargerId, connection, session } = place;
  const { protocol } = connection;
  const transactionId = session?.transactionId;
  const beside = omitUndefined({ protocol, sequence, now, transactionId });
  const draft = omitUndefined({
    sequence,
    chargerKey,
    operatorId,
    chargerId,
    sessionId: session?.sessionId,
    request: requestFromForm(form, beside),
    now,
    seconds: form.expiresInSeconds ?? lifetimeOf(form),
  });
  const written = await writeCommand(protocol, draft);
  if (written.kind === 'written') return written.command;
  const { code, reason } = written;
  return refused(code, reason === undefined ? undefined : [{ path: 'type', message: reason }]);
}

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** Makes a command, and has it sent. */
export async function createCommand(
  caller: Caller,
  chargerKey: string,
  form: CommandForm,
  keepAnswer: KeepAnswer | undefined,
) {
  const { database, now, sendCommandMessage } = caller;
  const place = await findPlace(caller, chargerKey, form);
  if ('kind' in place) return place;
  for (let n = 0; n < mostAttempts; n += 1) {
    const sequence = commandSequence(Date.parse(now) + n, randomText(1));
    const command = await commandFor(caller, place, form, sequence);
    if ('kind' in command) return command;
    const view = commandView(command, now);
    const kept = await keepCommand(database, command, keepAnswer?.(view));
    // The answer of another request under the same key is there: whoever asked gets that one.
    if (kept === 'answered') return refused('IDEMPOTENCY_KEY_REUSED');
    if (kept === 'taken') continue;
    await sendCommandMessage(messageOfNew(command, place.connection));
    return { kind: 'created', view } as const;
  }
  throw new Error('No place is free among the commands of this moment');
}
