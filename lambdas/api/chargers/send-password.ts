import { randomBytes } from 'node:crypto';
import { hasExpired } from '../../../core/command/command-state.ts';
import {
  fitsPasswordKey,
  holdsPassword,
  passwordKey,
} from '../../../core/command/secret-settings.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { done, refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { ConcurrentUpdateError } from '../../runtime/concurrent-update-error.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { issuePassword } from '../../store/chargers/charger-secrets.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { forgetPasswordSent, passwordSentNote } from '../../store/chargers/password-sent.ts';
import type { Command } from '../../store/commands/command-item.ts';
import { readLine } from '../../store/commands/command-line.ts';
import { endQueued, readCommand } from '../../store/commands/commands.ts';
import type { Caller } from '../api-route.ts';
import { createCommand } from '../commands/create-command.ts';
import { chargerUrls } from './charger-urls.ts';

/** Seconds that the command waits for a charger that is offline. */
const lifetime = 604_800;

/** 40 hexadecimal digits: OCPP 1.6 sets an AuthorizationKey so, and every charger takes them as text too. */
const newPassword = (): string => randomBytes(20).toString('hex');

/** The command that sent a charger its new password last. */
async function lastSent(
  { database }: Caller,
  charger: Charger,
  sequence: string | undefined,
): Promise<Command | undefined> {
  if (sequence !== undefined) return await readCommand(database, charger.chargerKey, sequence);
  const commands = await latestCommands(database, charger);
  return commands.find(
    ({ request }) => request.type === 'set-configuration' && holdsPassword(request.key),
  );
}

/** How the command stands that sent a password last: one that waits is cancelled. */
async function endSent(
  { database, now }: Caller,
  { chargerKey }: Charger,
  earlier: Command | undefined,
): Promise<'free' | 'pending'> {
  switch (earlier?.state) {
    case 'queued': {
      const kind = hasExpired(earlier, now) ? 'expired' : 'cancelled';
      const ended = await endQueued(database, chargerKey, earlier.sequence, { kind }, now);
      return ended === 'ended' ? 'free' : 'pending';
    }
    case 'sent':
    case 'accepted':
    case 'timed-out':
      return 'pending';
    default:
      return 'free';
  }
}

/** How often the sender may send a password again while it is being taken back. */
const mostAttempts = 5;

/**
 * Takes back what an earlier request has the charger sent, so that it is never given a password that is valid no more; `pending`
 * where it may have that one by now: it is taken back all the same if `isForced`.
 */
export async function takePasswordBack(
  caller: Caller,
  charger: Charger,
  isForced: boolean,
): Promise<'free' | 'pending'> {
  if (charger.newPasswordHash === undefined) return 'free';
  const { database } = caller;
  const { chargerKey } = charger;
  for (let n = 0; n < mostAttempts; n += 1) {
    const { password } = await readLine(database, chargerKey);
    const earlier = await lastSent(caller, charger, password?.sequence);
    const ended = await endSent(caller, charger, earlier);
    if (password === undefined || (ended === 'pending' && !isForced)) return ended;
    const forgotten = await forgetPasswordSent(database, chargerKey, password.sequence);
    if (forgotten === 'forgotten') return ended;
  }
  throw new ConcurrentUpdateError('The charger kept being sent its password');
}

/** Gives a charger a new password, and has it sent by a command that waits for a week where it is offline. */
export async function sendPassword(
  caller: Caller,
  { charger, slug }: { readonly charger: Charger; readonly slug: string },
  chosen: string | undefined,
  keepAnswer: KeepAnswer | undefined,
) {
  const { chargerKey, chargerId } = charger;
  const connection = await readConnection(caller.database, chargerKey);
  if (connection === undefined) return refused('CHARGER_NEVER_CONNECTED');
  if (chosen !== undefined && !fitsPasswordKey(connection.protocol, chosen)) {
    const message =
      'A charger of OCPP 1.6 takes 16 to 20 characters, or 32 to 40 hexadecimal digits.';
    return refused('INVALID_REQUEST', [{ path: 'body.password', message }]);
  }
  const before = await takePasswordBack(caller, charger, false);
  if (before === 'pending') return refused('PASSWORD_NOT_USED_YET');
  const password = chosen ?? newPassword();
  // First: the charger may connect with it before this request ends.
  const issued = await issuePassword(caller.database, chargerKey, secretHash(password));
  if (issued === 'absent') return refused('CHARGER_NOT_FOUND');
  const key = passwordKey(connection.protocol);
  const form = { type: 'set-configuration', key, value: password } as const;
  const command = { ...form, expiresInSeconds: lifetime };
  const { basic } = chargerUrls(slug, chargerId, '');
  const answer = { chargerId, password, urls: { basic } };
  const keep = keepAnswer && ((view: unknown) => keepAnswer({ ...answer, ...idIn(view) }));
  const until = new Date(Date.parse(caller.now) + lifetime * 1000).toISOString();
  const note = ({ sequence }: Command) => passwordSentNote({ sequence, until, attempts: 1 });
  const made = await createCommand(caller, chargerKey, command, keep, note);
  // Every version can set a password that was read: only a charger that was deleted meanwhile is refused.
  if (made.kind === 'refused') {
    return refused(
      made.code === 'IDEMPOTENCY_KEY_REUSED' ? 'IDEMPOTENCY_KEY_REUSED' : 'CHARGER_NOT_FOUND',
    );
  }
  return done({ ...answer, ...idIn(made.view) });
}

const idIn = (view: unknown) => ({ commandId: (view as { commandId: string }).commandId });
