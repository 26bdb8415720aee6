import { randomBytes } from 'node:crypto';
import { hasExpired } from '../../../core/command/command-state.ts';
import { holdsPassword } from '../../../core/command/secret-settings.ts';
import { latestCommands } from '../../connection/latest-commands.ts';
import { done, refused } from '../../http/answer.ts';
import type { KeepAnswer } from '../../http/keep-answer.ts';
import { secretHash } from '../../runtime/secrets.ts';
import { issuePassword } from '../../store/chargers/charger-secrets.ts';
import type { Charger } from '../../store/chargers/chargers.ts';
import { readConnection } from '../../store/chargers/connections.ts';
import { endQueued } from '../../store/commands/commands.ts';
import type { Caller } from '../api-route.ts';
import { createCommand } from '../commands/create-command.ts';
import { chargerUrls } from './charger-urls.ts';

/** Seconds that the command waits for a charger that is offline. */
const lifetime = 604_800;

/** 40 hexadecimal digits: OCPP 1.6 sets an AuthorizationKey so, and every charger takes them as text too. */
const newPassword = (): string => randomBytes(20).toString('hex');

/**
 * Takes back what an earlier request has the charger sent, so that it is never given a password that is valid no more; `pending`
 * where it may have that one by now.
 */
async function takeBack(caller: Caller, charger: Charger): Promise<'free' | 'pending'> {
  if (charger.newPasswordHash === undefined) return 'free';
  const { chargerKey } = charger;
  const commands = await latestCommands(caller.database, charger);
  const earlier = commands.find(
    ({ request }) => request.type === 'set-configuration' && holdsPassword(request.key),
  );
  switch (earlier?.state) {
    case 'queued': {
      const { sequence } = earlier;
      const end = hasExpired(earlier, caller.now) ? 'expired' : 'cancelled';
      const ended = await endQueued(caller.database, chargerKey, sequence, end, caller.now);
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
  if ((await takeBack(caller, charger)) === 'pending') return refused('PASSWORD_NOT_USED_YET');
  const password = chosen ?? newPassword();
  // First: the charger may connect with it before this request ends.
  const issued = await issuePassword(caller.database, chargerKey, secretHash(password));
  if (issued === 'absent') return refused('CHARGER_NOT_FOUND');
  const key =
    connection.protocol === 'ocpp1.6' ? 'AuthorizationKey' : 'SecurityCtrlr.BasicAuthPassword';
  const form = { type: 'set-configuration', key, value: password } as const;
  const command = { ...form, expiresInSeconds: lifetime };
  const { basic } = chargerUrls(slug, chargerId, '');
  const answer = { chargerId, password, urls: { basic } };
  const keep = keepAnswer && ((view: unknown) => keepAnswer({ ...answer, ...idIn(view) }));
  const made = await createCommand(caller, chargerKey, command, keep);
  // Every version can set a password that was read: only a charger that was deleted meanwhile is refused.
  if (made.kind === 'refused') {
    return refused(
      made.code === 'IDEMPOTENCY_KEY_REUSED' ? 'IDEMPOTENCY_KEY_REUSED' : 'CHARGER_NOT_FOUND',
    );
  }
  return done({ ...answer, ...idIn(made.view) });
}

const idIn = (view: unknown) => ({ commandId: (view as { commandId: string }).commandId });
