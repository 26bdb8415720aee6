import { describe, expect, it } from 'vitest';
import { receive } from '../../../core/ocpp/receive.ts';
import { v16 } from '../../../core/ocpp/v16/version.ts';
import { v21 } from '../../../core/ocpp/v21/v21.ts';
import { v201 } from '../../../core/ocpp/v201/v201.ts';
import type { Version } from '../../../core/ocpp/version.ts';

/** The outcome of an answer whose frame goes on so behind its message id. */
async function outcomeOf(version: Version, action: string, rest: string) {
  const received = receive(version, `[3,"${action}.abcdefgh"${rest}]`);
  if (received.kind !== 'reply') throw new Error('It is not read as a reply.');
  return (await version.readReply(received.reply))?.outcome;
}

const variable = { component: { name: 'C' }, variable: { name: 'V' } };

describe('an answer of a charger to a command in other types than those of the standard', () => {
  it.each<readonly [string, Version, string, object, object]>([
    ['the version of a list as text', v16, 'GetLocalListVersion', { listVersion: '3' }, {}],
    ['one setting for a list', v16, 'GetConfiguration', { configurationKey: { key: 'K' } }, {}],
    ['one unknown key for a list', v16, 'GetConfiguration', { unknownKey: 'X' }, {}],
    ['a truth as text', v201, 'GetTransactionStatus', { messagesInQueue: 'FALSE' }, {}],
    ['a truth as a number', v21, 'GetTransactionStatus', { messagesInQueue: 1 }, {}],
    ['details that are a word', v201, 'ClearCache', { status: 'Accepted', statusInfo: 'no' }, {}],
    ['details without a reason', v21, 'ClearCache', { status: 'Accepted', statusInfo: {} }, {}],
    ['a status with blanks', v16, 'ClearCache', { status: ' Accepted' }, {}],
    [
      'a truth as the value of a variable',
      v201,
      'GetVariables',
      { getVariableResult: [{ ...variable, attributeStatus: 'Accepted', attributeValue: true }] },
      { data: { fields: { getVariableResult: [{ attributeValue: 'true' }] } } },
    ],
  ])('%s is read, as it leaves no doubt', async (_what, version, action, payload, more) => {
    const rest = `,${JSON.stringify(payload)}`;
    expect(await outcomeOf(version, action, rest)).toMatchObject({ kind: 'accepted', ...more });
  });

  it('an answer that goes on behind its payload counts by that', async () => {
    expect(await outcomeOf(v16, 'ClearCache', ',{"status":"Accepted"},"more"')).toEqual({
      kind: 'accepted',
    });
  });

  it.each<readonly [string, string]>([
    ['a truth for the status', ',{"status":true}'],
    ['an object for the status', ',{"status":{"status":"Accepted"}}'],
    ['a list for the status', ',{"status":["Accepted"]}'],
    ['no status', ',{}'],
    ['nothing', ''],
    ['a text for the payload', ',"Accepted"'],
  ])('%s accepts nothing', async (_what, rest) => {
    for (const version of [v16, v201, v21]) {
      expect((await outcomeOf(version, 'ClearCache', rest))?.kind).not.toBe('accepted');
    }
  });
});
