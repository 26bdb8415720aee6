import { certificatesIn } from '../../core/command/certificates-in.ts';
import type { CommandRequest } from '../../core/command/command-request.ts';
import { holdsSecret } from '../../core/command/secret-settings.ts';
import type { RefusedCode } from '../../core/command/written-request.ts';
import { loadRequests } from '../../core/ocpp/load-requests.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { requestId } from '../../core/ocpp/request-id.ts';
import { requestNumber } from '../../core/ocpp/request-number.ts';
import { omitUndefined } from '../../core/units/omit-undefined.ts';
import type { Connection } from '../store/chargers/connections.ts';
import type { Command } from '../store/commands/command-item.ts';
import type { CommandMessage } from './command-message.ts';

/** Bytes of the longest message that API Gateway takes. */
const mostBytes = 128 * 1024;

/** A command before it has its message; `seconds` after which it becomes pointless. */
export type Draft = Pick<
  Command,
  | 'sequence'
  | 'chargerKey'
  | 'operatorId'
  | 'chargerId'
  | 'sessionId'
  | 'profileOf'
  | 'origin'
  | 'orderedBy'
> & { readonly request: CommandRequest; readonly now: string; readonly seconds: number };

type Refused = {
  readonly kind: 'refused';
  readonly code: RefusedCode | 'COMMAND_TOO_LARGE';
  readonly reason?: string;
};

/** Writes the CALL of a request in a version, or says why that has none for it. `sequence` is the place of its command. */
export async function writeFrame(
  protocol: Protocol,
  request: CommandRequest,
  sequence: string,
): Promise<{ readonly kind: 'written'; readonly frame: string } | Refused> {
  const { write } = await loadRequests(protocol);
  const written = write(request, requestNumber(sequence));
  if (written.kind === 'refused') return written;
  const { action, payload, variant } = written;
  const frame = JSON.stringify([2, requestId(action, sequence, variant), action, payload]);
  return Buffer.byteLength(frame, 'utf8') > mostBytes
    ? { kind: 'refused', code: 'COMMAND_TOO_LARGE' }
    : { kind: 'written', frame };
}

/** Writes a command in the words of its charger's version, or says why that has none for it. */
export async function writeCommand(
  protocol: Protocol,
  { request, now, seconds, ...draft }: Draft,
): Promise<{ readonly kind: 'written'; readonly command: Command } | Refused> {
  const written = await writeFrame(protocol, request, draft.sequence);
  if (written.kind === 'refused') return written;
  const command: Command = omitUndefined({
    ...draft,
    state: 'queued',
    request,
    frame: written.frame,
    protocol,
    createdAt: now,
    expiresAt: new Date(Date.parse(now) + seconds * 1000).toISOString(),
  } as const);
  return { kind: 'written', command };
}

/**
 * The message that has a new command sent: at once where its charger is connected, and speaks the version that it was written in. Whoever
 * does not make the same command again after a failure sends it before the command is written, so that none is written that nobody sends.
 */
export const messageOfNew = (
  { chargerKey, sequence, frame, protocol, expiresAt, request }: Command,
  { connectionId, disconnectedAt, protocol: spoken }: Connection,
): Extract<CommandMessage, { readonly kind: 'made' }> => {
  const isFit = protocol === undefined || protocol === spoken;
  const on = disconnectedAt === undefined && isFit ? { connectionId } : {};
  // A secret stays out of the queue, and a certificate may have expired when its message comes: such a command is read.
  const isRead = holdsSecret(request) || certificatesIn(request).length > 0;
  return { kind: 'made', chargerKey, sequence, expiresAt, frame: isRead ? '' : frame, ...on };
};
