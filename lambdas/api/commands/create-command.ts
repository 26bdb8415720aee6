import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { loadRequests } from '../../../core/ocpp/load-requests.ts';
import type { Protocol } from '../../../core/ocpp/protocol.ts';
import { requestId } from '../../../core/ocpp/request-id.ts';
import { requestNumber } from '../../../core/ocpp/request-number.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { type Refused, refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { createCommand as keepCommand } from '../../store/commands/commands.ts';
import type { Caller } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';
import type { CommandForm } from './command-form.ts';
import { commandView } from './command-view.ts';
import { requestFromForm } from './request-from-form.ts';

/** Bytes of the longest message that API Gateway takes. */
const mostBytes = 128 * 1024;

/** Seconds after which a command to a charger that is offline becomes pointless, where it does not say so itself. */
const lifetimeOf = ({ type }: CommandForm): number =>
  type === 'start' || type === 'stop' || type === 'unlock' ? 120 : 86_400;

type Written = { readonly request: CommandRequest; readonly frame: string };

async function writeFrame(
  request: CommandRequest,
  protocol: Protocol,
  sequence: string,
): Promise<
  Written | Refused<'NOT_SUPPORTED_BY_VERSION' | 'COMMAND_FIELDS_INVALID' | 'COMMAND_TOO_LARGE'>
> {
  const { write } = await loadRequests(protocol);
  const written = write(request, requestNumber(sequence));
  if (written.kind === 'refused') {
    return refused(written.code, [{ path: 'type', message: written.reason }]);
  }
  const { action, payload } = written;
  const frame = JSON.stringify([2, requestId(action, sequence), action, payload]);
  if (Buffer.byteLength(frame, 'utf8') > mostBytes) return refused('COMMAND_TOO_LARGE');
  return { request, frame };
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
  const { database, operatorId, now } = caller;
  const { charger, connection } = await readChargerAndConnection(database, chargerKey);
  if (charger === undefined) return refused('CHARGER_NOT_FOUND');
  if (connection === undefined) return refused('CHARGER_NEVER_CONNECTED');
  const session = form.type === 'stop' ? await ownSession(caller, form.sessionId) : undefined;
  if (form.type === 'stop') {
    const isIts = session?.session.chargerId.toLowerCase() === charger.chargerId.toLowerCase();
    if (session === undefined || !isIts) return refused('SESSION_NOT_FOUND');
    if (session.session.state !== 'active') return refused('SESSION_NOT_ACTIVE');
  }
  const { protocol } = connection;
  const transactionId = session?.session.transactionId;
  const seconds = form.expiresInSeconds ?? lifetimeOf(form);
  for (let n = 0; n < mostAttempts; n += 1) {
    const sequence = commandSequence(Date.parse(now) + n, randomText(1));
    const beside = omitUndefined({ protocol, sequence, now, transactionId });
    const written = await writeFrame(requestFromForm(form, beside), protocol, sequence);
    if ('kind' in written) return written;
    const command: Command = omitUndefined({
      sequence,
      chargerKey,
      operatorId,
      chargerId: charger.chargerId,
      state: 'queued',
      ...written,
      sessionId: session?.session.sessionId,
      createdAt: now,
      expiresAt: new Date(Date.parse(now) + seconds * 1000).toISOString(),
    } as const);
    const answer = commandView(command, now);
    const more = keepAnswer === undefined ? [] : [keepAnswer(answer)];
    if ((await keepCommand(database, command, more)) === 'exists') {
      // The answer of another request under the same key is there: whoever asked gets that one.
      if (keepAnswer !== undefined) return refused('IDEMPOTENCY_KEY_REUSED');
      continue;
    }
    const { frame } = written;
    const isOnline = connection.disconnectedAt === undefined;
    await caller.sendCommandMessage(
      omitUndefined({
        kind: 'made',
        chargerKey,
        sequence,
        frame,
        connectionId: isOnline ? connection.connectionId : undefined,
      } as const),
    );
    return { kind: 'created', view: answer } as const;
  }
  throw new Error('No place is free among the commands of this millisecond');
}
