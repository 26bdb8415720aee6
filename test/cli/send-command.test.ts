import { describe, expect, it } from 'vitest';
import { commandFromWords } from '../../cli/commands/send-command.ts';

describe('joulegate command', () => {
  it('fields are numbers, truths, lists and objects where they look like it, and texts otherwise', () => {
    expect(
      commandFromWords([
        'trigger',
        'message=status',
        'connectorId=1',
        'available=false',
        'keys=["A"]',
      ]),
    ).toEqual({
      type: 'trigger',
      message: 'status',
      connectorId: 1,
      available: false,
      keys: ['A'],
    });
    expect(commandFromWords(['data-transfer', 'url=https://a/?b=c', 'odd=[1'])).toEqual({
      type: 'data-transfer',
      url: 'https://a/?b=c',
      odd: '[1',
    });
  });

  it('a token and the value of a setting are texts, also where they consist of digits', () => {
    expect(commandFromWords(['start', 'tokenId=04112233'])).toEqual({
      type: 'start',
      tokenId: '04112233',
    });
    expect(commandFromWords(['set-configuration', 'key=HeartbeatInterval', 'value=300'])).toEqual({
      type: 'set-configuration',
      key: 'HeartbeatInterval',
      value: '300',
    });
  });

  it('a word that is no field and a missing type are refused', () => {
    expect(() => commandFromWords([])).toThrow('type of a command');
    expect(() => commandFromWords(['reset', 'soft'])).toThrow(
      '"soft" is not of the form name=value',
    );
    expect(() => commandFromWords(['reset', '=soft'])).toThrow('name=value');
  });
});
