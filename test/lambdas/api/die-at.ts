import { vi } from 'vitest';
import type { PartnerMessage } from '../../../lambdas/roaming/partner-message.ts';
import { operatorConfigurationKey } from '../../../lambdas/store/table/keys/operator-keys.ts';
import type { TestDatabase } from '../../contracts/engines.ts';
import { scan } from '../plant.ts';
import { testServices } from '../test-services.ts';

/** The end of a function in the middle of its work. */
class Died extends Error {}

/** The token or invoice that a look is asked for at, or the word for all of something; undefined for other messages. */
function lookedAt(message: PartnerMessage): string | undefined {
  switch (message.kind) {
    case 'token':
      return message.tokenId;
    case 'everything':
    case 'tokens':
      return message.kind;
    case 'look':
      return message.thing.kind === 'invoice' ? message.thing.recordId : undefined;
    default:
      return undefined;
  }
}

/**
 * Ends a call at the n-th thing that it writes or sends, before it or after; gives the tokens and invoices that looks were asked for at,
 * or that it was everything, and whether it came to that.
 */
export async function dieAt(
  database: TestDatabase,
  n: number,
  when: 'before' | 'after',
  call: () => Promise<unknown>,
) {
  const sent: (readonly [string, number])[] = [];
  let deeds = 0;
  const deed = async <T>(act: () => Promise<T>): Promise<T> => {
    deeds += 1;
    if (deeds > n || (deeds === n && when === 'before')) throw new Died();
    const result = await act();
    if (deeds === n) throw new Died();
    return result;
  };
  const send = vi
    .spyOn(testServices, 'sendPartnerMessages')
    .mockImplementation((messages, delay = 0) =>
      deed(async () => {
        for (const name of messages.map(lookedAt)) {
          if (name !== undefined) sent.push([name, delay]);
        }
      }),
    );
  database.client.middlewareStack.add(
    (next, { commandName }) =>
      (args) =>
        /^(?:Get|BatchGet|Query|Scan)/.test(String(commandName))
          ? next(args)
          : deed(() => next(args)),
    { step: 'initialize', name: 'die' },
  );
  await call().catch((error: unknown) => {
    if (!(error instanceof Died)) throw error;
  });
  database.client.middlewareStack.remove('die');
  send.mockRestore();
  return { sent, hasDied: deeds >= n };
}

/** How often a token was changed, by which chargers with a local list are given another one. */
export async function changesCounted(database: TestDatabase, operatorId: string): Promise<unknown> {
  const { pk, sk } = operatorConfigurationKey(operatorId);
  const items = await scan(database, database.state);
  return items.find((one) => one['pk']?.S === pk && one['sk']?.S === sk)?.['tokenChanges'];
}
