import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { commandSequence } from '../../../core/command/command-sequence.ts';
import { isOurStop } from '../../../core/session/apply-session-event.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { omitUndefined } from '../../../core/units/omit-undefined.ts';
import { tokenLength, transferUrl } from '../../bucket/file-routes.ts';
import { messageOfNew, writeCommand } from '../../connection/write-command.ts';
import { refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { randomText } from '../../runtime/new-id.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { createCommand as keepCommand } from '../../store/commands/commands.ts';
import { createTransfer, transferIdOf } from '../../store/files/transfers.ts';
import { readVersionInForce } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';
import type { CommandForm } from './command-form.ts';
import { commandView } from './command-view.ts';
import { requestFromForm } from './request-from-form.ts';

/** Seconds after which a command to a charger that is offline becomes pointless, where it does not say so itself. */
const lifetimeOf = ({ type }: CommandForm): number =>
  type === 'start' || type === 'stop' || type === 'unlock' ? 120 : 86_400;

/** Seconds that a charger has to upload a log after it was last possible to ask it: some wait until nobody charges. */
const secondsToUpload = 604_800;

type Place = Pick<Command, 'chargerKey' | 'chargerId'> & {
  readonly connection: Connection;
  /** The session that a `stop` is to end. */
  readonly session: Session | undefined;
  /** The tariff of ours that a message about a tariff names, as it holds now. */
  readonly tariff?: Tariff;
  /** Where the charger leaves the file that it is asked for, where that is here. */
  readonly url?: string;
};

/** The id of the tariff of ours that a message about a tariff names; one that brings a tariff in the words of OCPP names none. */
const namedTariff = (form: CommandForm): string | undefined => {
  if (form.type !== 'set-default-tariff' && form.type !== 'change-transaction-tariff') return;
  const { tariffId } = form as { readonly tariffId?: unknown };
  return typeof tariffId === 'string' ? tariffId : undefined;
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
  const tariffId = namedTariff(form);
  if (tariffId !== undefined) {
    const found = await readVersionInForce(
      caller.database,
      caller.operatorId,
      tariffId,
      caller.now,
    );
    if (found === undefined) return refused('TARIFF_NOT_FOUND');
    return { ...place, session: undefined, tariff: found.tariff } satisfies Place;
  }
  if (form.type !== 'stop') return { ...place, session: undefined } satisfies Place;
  const session = (await ownSession(caller, form.sessionId))?.session;
  if (session === undefined) return refused('SESSION_NOT_FOUND');
  if (chargerKeyOf(session.operatorId, session.chargerId) !== chargerKey) {
    return refused('SESSION_NOT_FOUND');
  }
  if (!mayStillRun(session)) return refused('SESSION_NOT_ACTIVE');
  return { ...place, session } satisfies Place;
}

/** Makes the URL at which a charger leaves a log that is to be kept here: no longer than 2.0.1 allows, unlike one of S3. */
async function placeOfFile(
  { database, operatorId, now }: Caller,
  chargerKey: string,
  form: CommandForm,
): Promise<{ readonly url?: string }> {
  if (form.type !== 'get-logs' || form.url !== undefined) return {};
  const token = randomText(tokenLength);
  const seconds = (form.expiresInSeconds ?? lifetimeOf(form)) + secondsToUpload;
  await createTransfer(database, {
    transferId: transferIdOf(token),
    operatorId,
    chargerKey,
    expiresAt: Math.floor(Date.parse(now) / 1000) + seconds,
  });
  return { url: transferUrl(token) };
}

/** Writes the command that a form means, at a place among those of its charger. */
async function commandFor(caller: Caller, place: Place, form: CommandForm, sequence: string) {
  const { operatorId, now } = caller;
  const { chargerKey, chargerId, connection, session, tariff, url } = place;
  const { protocol } = connection;
  const transactionId = session?.transactionId;
  const beside = omitUndefined({ protocol, sequence, now, transactionId, tariff, url });
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
  const found = await findPlace(caller, chargerKey, form);
  if ('kind' in found) return found;
  const place = { ...found, ...(await placeOfFile(caller, chargerKey, form)) };
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
