import type { ReceivedCall } from '../../../core/ocpp/receive.ts';
import { refusalUntilAccepted } from '../../../core/ocpp/refusal-until-accepted.ts';
import { actionOfTrigger } from '../../../core/ocpp/v2x/action-of-trigger.ts';
import { lastCommands } from '../../store/commands/commands.ts';
import type { MessageContext } from '../message-context.ts';

/** Ms for which a charger may send what it was asked for. */
const triggeredFor = 5 * 60_000;

/** The latest commands that are looked through for the one that asked. */
const mostCommands = 10;

/** Whether a command asked for a message lately. */
async function wasAskedFor(
  { database, charger, now }: MessageContext,
  action: string,
): Promise<boolean> {
  const commands = await lastCommands(database, charger.chargerKey, mostCommands);
  return commands.some(
    ({ request, createdAt }) =>
      request.type === 'trigger' &&
      actionOfTrigger(request.message) === action &&
      now - Date.parse(createdAt) < triggeredFor,
  );
}

/**
 * The frame that refuses a CALL of a charger that is not accepted: OCPP 2 allows it to boot and, while it is pending, to send the
 * reports and messages that it was asked for (OCPP 2.0.1 use cases B02 and B03). Undefined where the CALL is answered as usual.
 */
export async function refuseUntilAccepted(
  step: MessageContext,
  received: ReceivedCall,
): Promise<string | undefined> {
  const { approval } = step.charger;
  if (approval === undefined) return undefined;
  const frame = refusalUntilAccepted(received);
  if (frame === undefined) return undefined;
  if (approval === 'rejected') return frame;
  if (received.action === 'NotifyReport') return undefined;
  return (await wasAskedFor(step, received.action)) ? undefined : frame;
}
