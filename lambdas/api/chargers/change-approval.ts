import type { Approval } from '../../../core/charger/approval.ts';
import { chargerKey } from '../../../core/charger/charger-key.ts';
import { done, refused } from '../../http/answer.ts';
import { changeCharger } from '../../store/chargers/change-charger.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { type Connection, readConnection } from '../../store/chargers/connections.ts';
import type { Caller } from '../api-route.ts';
import { createCommandFor } from '../commands/create-command.ts';
import { chargerView } from './charger-view.ts';
import { readChargerFacts } from './read-charger-facts.ts';

/** Lets the connection of a charger hear what was decided: `before` is the charger as it was. */
async function passOn(caller: Caller, before: Charger, approval: Approval): Promise<void> {
  const connection = await readConnection(caller.database, before.chargerKey);
  if (connection === undefined || connection.disconnectedAt !== undefined) return;
  const wasAccepted = before.approval === undefined;
  if (approval === 'accepted') {
    if (!wasAccepted) await askToBoot(caller, before, connection);
  } else if (wasAccepted) await caller.closeConnection(connection.connectionId);
}

/**
 * Has a charger that is connected hear that it is accepted: it is asked to boot again, and for its settings where it was not asked
 * before. What it does not understand, or is not there to hear, it hears at its next boot.
 */
async function askToBoot(caller: Caller, before: Charger, connection: Connection) {
  const { operatorId, sendCommandMessage } = caller;
  const { chargerKey: key, chargerId, approval } = before;
  const place = { chargerKey: key, chargerId, connection, session: undefined };
  await createCommandFor(caller, place, { type: 'trigger', message: 'boot' });
  if (approval !== 'rejected') return;
  await sendCommandMessage({ kind: 'configure', operatorId, chargerKey: key });
}

/**
 * Accepts a charger, makes it wait, or turns it away. The messages of one that was not accepted are judged by what holds now; one
 * that was accepted has its connection closed, since what that was opened with is repeated with each message of it.
 */
export async function changeApproval(caller: Caller, chargerId: string, approval: Approval) {
  const { database, operatorId, now } = caller;
  const key = chargerKey(operatorId, chargerId);
  const { charger: before } = await readChargerAndConnection(database, key);
  if (before === undefined) return refused('CHARGER_NOT_FOUND');
  const change =
    approval === 'accepted'
      ? ({ set: {}, remove: ['approval'] } as const)
      : ({ set: { approval }, remove: [] } as const);
  const charger = await changeCharger(database, before, change, { updatedAt: now });
  if (charger === 'absent' || charger === 'changed') return refused('CHARGER_NOT_FOUND');
  await passOn(caller, before, approval);
  const [facts] = await readChargerFacts(caller, [charger]);
  return facts === undefined
    ? refused('CHARGER_NOT_FOUND')
    : done(chargerView(facts, Date.parse(now)));
}
