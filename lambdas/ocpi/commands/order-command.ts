import type { CommandRequest } from '../../../core/command/command-request.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import type { Party } from '../../../core/ocpi/model/party.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { randomText } from '../../runtime/new-id.ts';
import { createCommand } from '../../store/commands/commands.ts';
import type { OcpiCaller } from '../ocpi-caller.ts';
import type { Target } from './find-charger.ts';
import type { Refusal } from './refusal.ts';

/** Seconds after which a command of a partner becomes pointless: its driver waits. */
export const secondsToWait = 120;

/** How many milliseconds may be full before a command finds a place. */
const mostAttempts = 50;

/** Where the result of a command goes, and the party of ours that it is from; `sessionId` where the command is about one. */
type Terms = {
  readonly responseUrl: string;
  readonly us?: Party | undefined;
  readonly sessionId?: string;
};

/** Makes a command that a partner ordered and has it sent, or says why its charger takes none. */
export async function orderCommand(
  { database, services, partner: { partnerId, operatorId }, asking }: OcpiCaller,
  { charger, connection }: Target,
  request: CommandRequest,
  { responseUrl, sessionId, us }: Terms,
): Promise<'ordered' | Refusal> {
  const { chargerKey, chargerId } = charger;
  const now = services.now();
  const { sendCommandMessage } = await import('../../connection/send-command-message.ts');
  const send = services.sendCommandMessage ?? sendCommandMessage;
  for (let n = 0; n < mostAttempts; n += 1) {
    const written = await writeCommand(
      connection.protocol,
      omitUndefined({
        sequence: commandSequence(now + n, randomText(1)),
        chargerKey,
        operatorId,
        chargerId,
        sessionId,
        request,
        orderedBy: omitUndefined({ partnerId, responseUrl, party: asking, us }),
        now: new Date(now).toISOString(),
        seconds: secondsToWait,
      }),
    );
    if (written.kind === 'refused') {
      return { result: 'NOT_SUPPORTED', message: 'The charger does not know this command.' };
    }
    const { command } = written;
    await send(messageOfNew(command, connection));
    if ((await createCommand(database, command)) === 'created') return 'ordered';
  }
  throw new Error('No place is free among the commands of this moment');
}
