import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listedSettings, splitCommand } from '../../../core/command/split-command.ts';
import { protocols } from '../../../core/ocpp/protocol.ts';

const limits = [
  { key: 'GetConfigurationMaxKeys', protocol: 'ocpp1.6', type: 'get-configuration', list: 'keys' },
  {
    key: 'DeviceDataCtrlr.ItemsPerMessage[GetVariables]',
    protocol: 'ocpp2.0.1',
    type: 'get-configuration',
    list: 'keys',
  },
  {
    key: 'DeviceDataCtrlr.ItemsPerMessage[GetVariables]',
    protocol: 'ocpp2.1',
    type: 'get-variables',
    list: 'getVariableData',
  },
  {
    key: 'DeviceDataCtrlr.ItemsPerMessage[SetVariables]',
    protocol: 'ocpp2.0.1',
    type: 'set-variables',
    list: 'setVariableData',
  },
] as const;

describe('a command about several settings', () => {
  it.each(limits)(
    'a $type of $protocol is sent in parts of at most $key, which have all settings in their order',
    ({ key, protocol, type, list }) => {
      const items = fc.array(fc.string(), { maxLength: 12 });
      fc.assert(
        fc.property(items, fc.integer({ min: 1, max: 5 }), (named, limit) => {
          const command = { type, [list]: named, expiresInSeconds: 60 };
          const parts = splitCommand(protocol, command, [{ key, value: String(limit) }]);
          const sizes = parts.map((part) => (part[list] as readonly string[]).length);
          expect(Math.max(...sizes)).toBeLessThanOrEqual(limit);
          expect(parts.flatMap((part) => part[list] as readonly string[])).toEqual(named);
          for (const part of parts) expect(part).toMatchObject({ type, expiresInSeconds: 60 });
        }),
      );
    },
  );

  it('a charger that names no limit, or an impossible one, gets the whole command', () => {
    const command = { type: 'get-configuration', keys: ['a', 'b', 'c'] };
    for (const protocol of protocols) {
      expect(splitCommand(protocol, command, [])).toEqual([command]);
      for (const value of ['0', '-1', 'many', '1.5']) {
        const said = [
          { key: 'GetConfigurationMaxKeys', value },
          { key: 'DeviceDataCtrlr.ItemsPerMessage[GetVariables]', value },
        ];
        expect(splitCommand(protocol, command, said)).toEqual([command]);
      }
    }
  });

  it('only a command that lists several settings needs the limits of its charger', () => {
    expect(listedSettings({ type: 'get-configuration', keys: ['a', 'b'] })).toEqual(['a', 'b']);
    expect(listedSettings({ type: 'get-configuration', keys: ['a'] })).toBeUndefined();
    expect(listedSettings({ type: 'get-configuration' })).toBeUndefined();
    expect(listedSettings({ type: 'reset', keys: ['a', 'b'] })).toBeUndefined();
  });
});
