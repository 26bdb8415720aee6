import { describe, expect, it } from 'vitest';
import type { Command } from '../../cli/command.ts';
import { findCommand, splitLeadingOptions } from '../../cli/find-command.ts';

const command = (name: string, options: Command['options']): Command => ({
  name,
  summary: '',
  usage: '',
  options,
  run: async () => ({ exitCode: 0, json: null, text: '' }),
});

const commands = [
  command('sessions list', { url: { type: 'string' } }),
  command('price', { tariff: { type: 'string' }, 'no-vat': { type: 'boolean' } }),
];

const find = (...words: string[]) => {
  const found = findCommand(commands, splitLeadingOptions(commands, words));
  return found === undefined ? undefined : [found.command.name, ...found.rest];
};

describe('the command that was asked for', () => {
  it('a command is found after options with and without values', () => {
    const asked = ['price', '--json', '--tariff', 'price', '--no-vat', 'T.json'];

    expect(find('price', '--json', '--tariff', 'price', '--no-vat', 'T.json')).toEqual(asked);
    expect(find('--json', 'price', '--tariff', 'price', '--no-vat', 'T.json')).toEqual(asked);
    expect(find('--json', '--tariff', 'price', '--no-vat', 'price', 'T.json')).toEqual(asked);
    expect(find('--url=http://x', 'sessions', 'list')).toEqual(['sessions list', '--url=http://x']);
  });

  it('an unknown option is passed on to the command, which refuses it', () => {
    expect(find('--jsn', 'price')).toEqual(['price', '--jsn']);
  });

  it('no command is found by another name, or by options alone', () => {
    expect(find('--json', 'prise')).toBeUndefined();
    expect(find('sessions')).toBeUndefined();
    expect(find('--json')).toBeUndefined();
    expect(find('--tariff')).toBeUndefined();
    expect(find('-')).toBeUndefined();
  });
});
