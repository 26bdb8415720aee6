import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { readCharger } from '../../store/chargers/chargers.ts';
import type { MessageContext } from '../message-context.ts';

const mostRemembered = 10_000;

/** The connections of chargers that were accepted since they connected, as far as this process has seen it. */
const accepted = new Set<string>();

/**
 * A message of a charger that was not accepted when it connected, with what its operator has decided by now: read with each of its
 * messages until it is accepted. Nothing is read for a charger that was: its connection is closed when that changes.
 */
export async function withCurrentApproval(step: MessageContext): Promise<MessageContext> {
  const { approval, ...charger } = step.charger;
  if (approval === undefined) return step;
  const now = accepted.has(step.connectionId) ? {} : await read(step);
  return { ...step, charger: { ...charger, ...now } };
}

async function read({ database, charger, connectionId }: MessageContext) {
  const registered = await readCharger(database, charger.chargerKey, true);
  // One that was deleted meanwhile stays as it was: its connection is being closed.
  if (registered === undefined) return omitUndefined({ approval: charger.approval });
  const { approval } = registered;
  if (approval !== undefined) return { approval };
  if (accepted.size >= mostRemembered) accepted.clear();
  accepted.add(connectionId);
  return {};
}
