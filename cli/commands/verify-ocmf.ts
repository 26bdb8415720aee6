import { readFile } from 'node:fs/promises';
import { buffer as readStream } from 'node:stream/consumers';
import { CommandError } from '../../clients/command-error.ts';
import { findSignedRecords } from '../../core/ocmf/find-signed-records.ts';
import type { OcmfReading, OcmfRecord } from '../../core/ocmf/ocmf-record.ts';
import type { KeyEncoding } from '../../core/ocmf/read-public-key.ts';
import { ocmfRemarks, refusedByTransparenzsoftware } from '../../core/ocmf/remarks.ts';
import { signedPairOf } from '../../core/ocmf/signed-pair-of.ts';
import { type OcmfVerdict, verifyOcmf as verifyRecord } from '../../core/ocmf/verify-ocmf.ts';
import { formatKwh } from '../../core/units/format-kwh.ts';
import { isoInstant } from '../../core/units/instant.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';

/** `joulegate verify-ocmf`: verifies one signed record of a meter with its public key; status 1 when it is not valid. */
export const verifyOcmf: Command = {
  name: 'verify-ocmf',
  summary: 'verifies a signed OCMF record of a meter',
  usage: '--public-key KEY [--encoding hex|base64] FILE',
  options: { 'public-key': { type: 'string' }, encoding: { type: 'string' } },
  run: async (args) => {
    const key = textOption(args, 'public-key');
    if (key === undefined)
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Give the public key: --public-key KEY.');
    const [path] = args.positionals;
    if (path === undefined)
      throw new CommandError(
        'CLI_ARGUMENT_MISSING',
        'Name the file with the record, or - for standard input.',
      );
    const encoding = encodingOf(args);
    const verdict = verifyRecord(soleRecord(await readBytes(path), path), { text: key, encoding });
    return {
      exitCode: verdict.kind === 'valid' ? 0 : 1,
      json: describe(verdict),
      text: explain(verdict),
    };
  },
};

const encodingOf = (args: CommandArguments): KeyEncoding => {
  const encoding = textOption(args, 'encoding') ?? 'auto';
  if (encoding === 'auto' || encoding === 'hex' || encoding === 'base64') return encoding;
  throw new CommandError('CLI_OPTION_INVALID', '--encoding takes hex or base64.');
};

// Bytes, not text: the signature is over them, whatever letters they are.
const readBytes = async (path: string): Promise<Uint8Array> =>
  path === '-'
    ? await readStream(process.stdin)
    : await readFile(path).catch(() => {
        throw new CommandError('CLI_FILE_UNREADABLE', `${path} cannot be read.`);
      });

/** The record itself, or the only one in a wrapping of OCPP or of the Transparenzsoftware. */
const soleRecord = (bytes: Uint8Array, path: string): Uint8Array | string => {
  // A line end appended by an editor is not part of a record.
  const end = bytes.at(-1) === 0x0a ? (bytes.at(-2) === 0x0d ? -2 : -1) : bytes.length;
  const content = bytes.subarray(0, end);
  const text = Buffer.from(content).toString('utf8');
  if (text.trimStart().startsWith('OCMF|')) return content;
  const records = findSignedRecords(text).filter(({ format }) => format === 'ocmf');
  if (records.length > 1)
    throw new CommandError(
      'CLI_DOCUMENT_MALFORMED',
      `${path} contains several records; pass a single one.`,
    );
  return records[0]?.record ?? content;
};

const describe = (verdict: OcmfVerdict) => {
  const { record, remarks } = verdict;
  return {
    valid: verdict.kind === 'valid',
    ...(verdict.kind !== 'valid' && { reason: verdict.reason, message: verdict.message }),
    algorithm: record?.signature.algorithm ?? null,
    readings: (record?.readings ?? []).map(describeReading),
    remarks: remarks.map((code) => ({ code, message: ocmfRemarks[code].message })),
    refusedByTransparenzsoftware: refusedByTransparenzsoftware(remarks),
    ...(record !== undefined && { pair: describePair(record) }),
  };
};

const describeReading = ({ at, ...reading }: OcmfReading) => ({
  ...reading,
  at: at === undefined ? null : isoInstant(at),
});

const describePair = (record: OcmfRecord) => {
  const pair = signedPairOf([record]);
  return pair.kind === 'pair'
    ? { energyKwh: formatKwh(pair.energy), time: pair.time }
    : { problems: pair.problems };
};

const explain = (verdict: OcmfVerdict): string => {
  const { record, remarks } = verdict;
  const readings = (record?.readings ?? []).map(
    ({ time = '', transaction = '', value = '', unit = '', obis = '', status = '' }) =>
      `  ${transaction.padEnd(1)} ${time.padEnd(30)} ${value.padStart(14)} ${unit.padEnd(4)} ${obis} ${status}`,
  );
  return [
    verdict.kind === 'valid' ? 'valid' : `NOT valid: ${verdict.message} (${verdict.reason})`,
    ...(record === undefined ? [] : [record.signature.algorithm]),
    ...readings,
    ...remarks.map((code) => `${code}: ${ocmfRemarks[code].message}`),
    ...refusedByTransparenzsoftware(remarks).map(
      (code) => `Refused by the Transparenzsoftware: ${code}.`,
    ),
  ].join('\n');
};
