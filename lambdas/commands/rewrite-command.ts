import type { CommandOutcome } from '../../core/command/command-outcome.ts';
import { requestInVersion } from '../../core/command/request-in-version.ts';
import type { Protocol } from '../../core/ocpp/protocol.ts';
import { requestNumber } from '../../core/ocpp/request-number.ts';
import { writeFrame } from '../connection/write-command.ts';
import type { Command } from '../store/commands/command-item.ts';

/** A command in the words of the version that its charger speaks. */
type InVersion =
  | { readonly kind: 'fit' }
  | {
      readonly kind: 'rewritten';
      readonly command: Pick<Command, 'request' | 'frame'> & { readonly protocol: Protocol };
    }
  | { readonly kind: 'refused'; readonly outcome: CommandOutcome };

const refused = (code: string, reason = ''): InVersion => {
  const description = `The charger has changed its OCPP version since the command was made. ${reason}`;
  return {
    kind: 'refused',
    outcome: { kind: 'failed', reason: 'not-supported', code, description: description.trim() },
  };
};

/** Writes a command again where its charger speaks another version than the one in which it was written, or says why that has no words for it. */
export async function rewriteCommand(
  { sequence, request, protocol: from }: Command,
  protocol: Protocol,
): Promise<InVersion> {
  if (from === undefined || from === protocol) return { kind: 'fit' };
  const found = requestInVersion(request, from, protocol, requestNumber(sequence));
  if (found.kind === 'meaningless') return refused('NOT_SUPPORTED_BY_VERSION', found.reason);
  const written = await writeFrame(protocol, found.request, sequence);
  if (written.kind === 'refused') return refused(written.code, written.reason);
  const { frame } = written;
  return { kind: 'rewritten', command: { request: found.request, frame, protocol } };
}
