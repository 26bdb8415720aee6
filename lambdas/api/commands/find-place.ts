import { chargerKey as chargerKeyOf } from '../../../core/charger/charger-key.ts';
import { passwordForms } from '../../../core/charger/password-forms.ts';
import { passwordsIn } from '../../../core/command/secret-settings.ts';
import { isOurStop } from '../../../core/session/is-our-stop.ts';
import type { Session } from '../../../core/session/session.ts';
import type { Tariff } from '../../../core/tariff/model/tariff.ts';
import { refused } from '../../http/answer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { readChargerAndConnection } from '../../store/chargers/charger-and-connection.ts';
import { type Charger, readCharger } from '../../store/chargers/chargers.ts';
import type { Connection } from '../../store/chargers/connections.ts';
import type { Command } from '../../store/commands/command-item.ts';
import type { Firmware } from '../../store/files/firmware.ts';
import { readVersionInForce } from '../../store/tariffs/tariffs.ts';
import type { Caller } from '../api-route.ts';
import { ownSession } from '../sessions/own-session.ts';
import type { CommandForm } from './command-form.ts';

/** The charger of a command, and all else that writing it takes. */
export type Place = Pick<Command, 'chargerKey' | 'chargerId'> & {
  /** When a charger was registered again under the id of a deleted one, ISO 8601 in UTC. */
  readonly renewedAt?: string | undefined;
  readonly connection: Connection;
  /** The session that a `stop` is to end. */
  readonly session: Session | undefined;
  /** The tariff of ours that a message about a tariff names, as it holds now. */
  readonly tariff?: Tariff;
  /** Where the charger leaves the file that it is asked for, where that is here. */
  readonly url?: string;
  readonly logId?: string;
  /** The firmware of ours that it is to download. */
  readonly firmware?: Firmware;
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

/** A charger that waits to be accepted may be asked and set, but not charge; one that was turned away owes no answer (OCPP 2.0.1 B02, B03). */
const mayBeCommanded = ({ approval }: Charger, { type }: CommandForm): boolean =>
  approval === undefined || (approval === 'pending' && type !== 'start' && type !== 'stop');

/**
 * Whether a charger could connect with the passwords that a command gives it. They are read as of now: whoever registered one may
 * have done so a moment ago.
 */
async function knowsPasswords(
  { database }: Caller,
  chargerKey: string,
  form: CommandForm,
): Promise<boolean> {
  const given = passwordsIn(form);
  if (given.length === 0) return true;
  const charger = await readCharger(database, chargerKey, true);
  const hashes = [charger?.passwordHash, charger?.newPasswordHash];
  const isKnown = (password: string): boolean =>
    passwordForms(password).some((one) => hashes.includes(secretHash(one)));
  return given.every(isKnown);
}

/** Finds the charger and, for a `stop`, the session; or says why there can be no such command. */
export async function findPlace(caller: Caller, chargerKey: string, form: CommandForm) {
  const { charger, connection } = await readChargerAndConnection(caller.database, chargerKey);
  if (charger === undefined) return refused('CHARGER_NOT_FOUND');
  if (connection === undefined) return refused('CHARGER_NEVER_CONNECTED');
  if (!mayBeCommanded(charger, form)) return refused('CHARGER_NOT_ACCEPTED');
  if (!(await knowsPasswords(caller, chargerKey, form))) return refused('PASSWORD_NOT_REGISTERED');
  const { chargerId, renewedAt } = charger;
  const place = { chargerKey, chargerId, renewedAt, connection };
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
