import { CommandError } from '../../clients/command-error.ts';
import type { PricedCdr } from '../../core/ocpi/price-cdr.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';
import { readTextFile } from '../read-json-file.ts';

/** `joulegate price`: prices the charging periods of an OCPI CDR with an OCPI tariff; status 1 where the CDR states another total. */
export const price: Command = {
  name: 'price',
  summary: 'prices an OCPI CDR with an OCPI tariff',
  usage: '--tariff T.json --cdr C.json [--time-zone Europe/Berlin]',
  options: {
    tariff: { type: 'string' },
    cdr: { type: 'string' },
    'time-zone': { type: 'string' },
  },
  run: async (args) => {
    const tariff = await readTextFile(file(args, 'tariff'));
    const cdr = await readTextFile(file(args, 'cdr'));
    const { priceOcpiCdr } = await import('../../core/ocpi/price-cdr.ts');
    const priced = priceOcpiCdr(tariff, cdr, textOption(args, 'time-zone'));
    if (priced.kind === 'malformed') {
      const problems = priced.problems.map(({ path, message }) => `${path}: ${message}`);
      throw new CommandError('CLI_DOCUMENT_MALFORMED', problems.join(' '));
    }
    const { kind, ...json } = priced;
    return { exitCode: priced.agrees ? 0 : 1, json, text: explain(priced) };
  },
};

const file = (args: CommandArguments, name: 'tariff' | 'cdr'): string => {
  const path = textOption(args, name);
  if (path === undefined)
    throw new CommandError('CLI_ARGUMENT_MISSING', `Name the file of the ${name}: --${name} FILE.`);
  return path;
};

const explain = (priced: Extract<PricedCdr, { kind: 'priced' }>): string => {
  const amount = (value: { exclVat: string; inclVat: string | null }): string =>
    `${value.exclVat} excl. VAT, ${value.inclVat ?? 'unknown'} incl. VAT`;
  const lines = priced.lines.map(
    (line) => `  ${line.component.padEnd(13)} ${line.exclVat.padStart(10)}  ${line.reason}`,
  );
  const verdict = priced.agrees ? 'agrees' : 'does not agree';
  const stated =
    priced.stated === null
      ? 'The CDR states no total.'
      : `Stated: ${amount(priced.stated)}: ${verdict}.`;
  return [...lines, `Total: ${amount(priced.total)}`, stated, ...priced.notes].join('\n');
};
