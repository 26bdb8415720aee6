import { CommandError } from '../../clients/command-error.ts';
import { operatorApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import type { BodyOf, Client } from '../../clients/typescript/create-client.ts';
import { startProgress } from '../../fleet/replay/progress.ts';
import { columnsOf, readCsv } from '../../fleet/replay/read-csv.ts';
import type { Command } from '../command.ts';
import { readTextFile } from '../read-json-file.ts';

type TokenForm = BodyOf<'POST /tokens'>;
type Outcome = 'created' | 'replaced' | 'unchanged' | 'refused';
type Row = { readonly line: number; readonly form: TokenForm };

const columns = [
  'tokenId',
  'accountId',
  'status',
  'validUntil',
  'parentTokenId',
  'promoCode',
  'party.countryCode',
  'party.partyId',
];

/** The form of a line: a dot leads into an object. */
function formOf({
  'party.countryCode': countryCode = '',
  'party.partyId': partyId = '',
  tokenId = '',
  ...facts
}: Readonly<Record<string, string>>): TokenForm {
  const isStated = countryCode !== '' || partyId !== '';
  return { tokenId, ...facts, ...(isStated ? { party: { countryCode, partyId } } : {}) };
}

/** The tokens of a CSV file, whose first line names its columns; empty cells are not stated. */
export function readTokens(text: string): readonly Row[] {
  const { records } = readCsv(text);
  const names = columnsOf(records);
  const unknown = names.filter((name) => !columns.includes(name));
  if (!names.includes('tokenId') || unknown.length > 0) {
    throw new CommandError(
      'CLI_CSV_COLUMNS',
      `The file needs a column tokenId, and may have ${columns.slice(1).join(', ')}, and no other.`,
    );
  }
  return records.map(({ record, info }) => ({
    line: info.lines,
    form: formOf(Object.fromEntries(Object.entries(record).filter(([, cell]) => cell !== ''))),
  }));
}

async function importToken(client: Client, form: TokenForm, replaces: boolean) {
  const made = await client.exchange('POST /tokens', { body: form });
  if (made.status === 201) return { outcome: 'created' as Outcome };
  if (made.status !== 409) return { outcome: 'refused' as Outcome, body: made.body };
  if (!replaces) return { outcome: 'unchanged' as Outcome };
  const { tokenId, ...facts } = form;
  const put = await client.exchange('PUT /tokens/{tokenId}', { path: { tokenId }, body: facts });
  return put.status === 200
    ? { outcome: 'replaced' as Outcome }
    : { outcome: 'refused' as Outcome, body: put.body };
}

/** `joulegate tokens import`: creates the tokens of a CSV file; those that exist stay, or are replaced with `--replace`. */
export const tokensImport: Command = {
  name: 'tokens import',
  summary: 'creates the tokens of a CSV file, with a progress bar',
  usage: 'TOKENS.csv [--replace]',
  options: { ...stackOptions, replace: { type: 'boolean' } },
  run: async (args) => {
    const [file] = args.positionals;
    if (file === undefined) throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a CSV file.');
    const rows = readTokens(await readTextFile(file));
    const client = operatorApi(await findStack(args));
    const counts: Record<Outcome, number> = { created: 0, replaced: 0, unchanged: 0, refused: 0 };
    const refusals: object[] = [];
    const lines: string[] = [];
    const progress = startProgress('tokens', rows.length);
    for (const { line, form } of rows) {
      const { outcome, body } = await importToken(client, form, args.values['replace'] === true);
      counts[outcome] += 1;
      if (outcome === 'refused') {
        const { code, message } = Object(body) as { code?: string; message?: string };
        refusals.push({ line, tokenId: form.tokenId, code, message });
        lines.push(`line ${line}: ${form.tokenId}: ${message} (${code})`);
      }
      progress.step();
    }
    progress.stop();
    const { created, replaced, unchanged, refused } = counts;
    lines.push(
      `${created} created, ${replaced} replaced, ${unchanged} left as they were, ${refused} refused`,
    );
    const json = { ...counts, refusals };
    return { exitCode: refused === 0 ? 0 : 1, json, text: lines.join('\n') };
  },
};
