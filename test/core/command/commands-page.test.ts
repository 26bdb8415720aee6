import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CommandRequest } from '../../../core/command/command-request.ts';
import { verbatimTypes, verbatimTypesOf21 } from '../../../core/command/verbatim-type.ts';
import { loadRequests } from '../../../core/ocpp/load-requests.ts';
import { type Protocol, protocols } from '../../../core/ocpp/protocol.ts';
import { centralActions } from '../../../core/ocpp/v21/central-action.ts';
import { arbitraryCommand, commandTypes } from '../ocpp/v16/arbitrary-command.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const page = readFileSync(join(root, 'docs/commands.md'), 'utf8');

/** The rows of the table whose head begins so, as cells. */
function rowsOf(head: string): readonly (readonly string[])[] {
  const lines = page.slice(page.indexOf(head)).split('\n').slice(2);
  const end = lines.findIndex((line) => !line.startsWith('|'));
  return lines.slice(0, end).map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
}

const typesIn = (cell = ''): readonly string[] =>
  [...cell.matchAll(/`([a-z-]+)`/g)].map(([, type = '']) => type);

const plain = rowsOf('| type | OCPP 1.6 | OCPP 2.0.1 and 2.1 |');
const verbatim = rowsOf('| type | message | what comes of it |');
const wrong = rowsOf('| type | known of chargers | what follows |');

const all: readonly string[] = [...commandTypes, ...verbatimTypes, ...verbatimTypesOf21];

/** A request of a type that a version can express. */
const sampleOf = (type: (typeof commandTypes)[number], protocol: Protocol): CommandRequest => {
  const key = protocol === 'ocpp1.6' ? 'Language' : 'Display.Language';
  if (type === 'set-configuration') return { type, key, value: 'pt' };
  if (type === 'get-configuration') return { type, keys: [key] };
  const hasPeriods = (request: CommandRequest): boolean =>
    !JSON.stringify(request).includes('"periods":[]');
  const [sample] = fc.sample(arbitraryCommand(type).filter(hasPeriods), { numRuns: 1, seed: 3 });
  if (sample === undefined) throw new Error(`no request ${type}`);
  return sample;
};

/** The text of the page about a type in a version. */
function saidOf(type: string, protocol: Protocol): string {
  const [, ofOcpp16 = '', ofOcpp2 = ''] =
    plain.find(([cell]) => typesIn(cell).includes(type)) ?? [];
  if (protocol === 'ocpp1.6') return ofOcpp16;
  return ofOcpp2.startsWith(' the same') ? `${ofOcpp16} ${ofOcpp2}` : ofOcpp2;
}

describe('the page about commands', () => {
  it('it says of each type what it becomes, and names no other', () => {
    expect(plain.flatMap(([type]) => typesIn(type)).sort()).toEqual([...commandTypes].sort());
    const further = [...verbatimTypes, ...verbatimTypesOf21].sort();
    expect(verbatim.flatMap(([type]) => typesIn(type)).sort()).toEqual(further);
  });

  it.each(commandTypes)('it names the message that %s becomes in each version', async (type) => {
    for (const protocol of protocols) {
      const { write } = await loadRequests(protocol);
      const written = write(sampleOf(type, protocol), 1);
      if (written.kind === 'refused') throw new Error(written.reason);
      expect(saidOf(type, protocol)).toContain(written.action);
    }
  });

  it.each([...verbatimTypes, ...verbatimTypesOf21])(
    'it names the message of %s, and the version that has it',
    (type) => {
      const row = verbatim.find(([cell]) => typesIn(cell).includes(type)) ?? [];
      const action = centralActions.find((one) => one.toLowerCase() === type.replaceAll('-', ''));
      expect(row[1]?.split(/[\s:·]+/)).toContain(action);
      expect(row[1]?.includes('2.1:')).toBe(verbatimTypesOf21.some((one) => one === type));
      expect(row[2]?.trim()).not.toBe('');
    },
  );

  it('it says of each type what chargers are known to get wrong, and what follows', () => {
    const known = wrong.flatMap(([type]) => typesIn(type));
    expect(all.filter((type) => !known.includes(type))).toEqual([]);
    for (const [, what = '', follows = ''] of wrong) {
      expect(what.trim()).not.toBe('');
      expect(follows.trim()).not.toBe('');
    }
  });
});
