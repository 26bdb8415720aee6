import { inflateRawSync } from 'node:zlib';
import { dictionaries } from '../../lambdas/store/table/dictionaries.ts';
import { packText, unpackText } from '../../lambdas/store/table/packed-text.ts';
import { median } from '../report/median.ts';
import { atMost, type Row } from '../report/row.ts';
import { cpuOf, messagesOf } from './bench-session.ts';

const rounds = 9;
/** So many messages in each round. */
const messages = 5_000;
/** Bytes that zlib reserves for an answer: enough for a message. */
const chunkSize = 1_024;
/** A message is short, and needs no stream of its own. */
const mostOfZlib = 0.4;

/** How the CPU time to unpack the messages of a session compares with inflating them with Node's zlib, in the same rounds. */
export function measureUnpacking(): readonly Row[] {
  const packed = messagesOf(messages).map(({ raw }) => packText(raw, 1));
  const ours = (): void => packed.forEach(unpackText);
  const byZlib = (): void =>
    packed.forEach((bytes) => {
      inflateRawSync(bytes.subarray(1), { dictionary: dictionaries[1], chunkSize }).toString();
    });
  const times: { readonly ours: number; readonly theirs: number }[] = [];
  for (let round = -3; round < rounds; round += 1) {
    const time = { ours: cpuOf(ours), theirs: cpuOf(byZlib) };
    // The first rounds are compiled meanwhile.
    if (round >= 0) times.push(time);
  }
  const microseconds = (median(times.map((time) => time.ours)) / messages) * 1000;
  return [
    atMost(
      'Unpacking a message of a session / inflating it with zlib',
      mostOfZlib,
      median(times.map((time) => time.ours / time.theirs)),
      { unit: '×', note: `${microseconds.toFixed(2)} CPU-µs` },
    ),
  ];
}
