import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openCheckpointFile } from '../../../runner/event-source/checkpoint.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'joulegate-checkpoint-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('a stream is read on from its checkpoint', () => {
  const file = join(emptyFolder(), 'mapping');
  const checkpoint = openCheckpointFile(file);
  expect(checkpoint.load()).toBeUndefined();
  checkpoint.save({ shardId: 'shard-1', sequence: 12345678901234567890n });
  checkpoint.flush();
  expect(openCheckpointFile(file).load()).toEqual({
    shardId: 'shard-1',
    sequence: 12345678901234567890n,
  });
});

test.each(['', 'garbage', 'shard-1 garbage'])('a malformed checkpoint is refused: %j', (text) => {
  const file = join(emptyFolder(), 'mapping');
  writeFileSync(file, text);
  expect(() => openCheckpointFile(file).load()).toThrow(
    `The file ${file} holds no place in a stream; restore or remove it.`,
  );
});

test('a checkpoint that the disk does not take is reported once, and saved when it does', () => {
  const folder = join(emptyFolder(), 'event-sources');
  const file = join(folder, 'mapping');
  const reports: string[] = [];
  const checkpoint = openCheckpointFile(file, (line) => reports.push(line));
  symlinkSync('/dev/full', `${file}.new`);
  for (const sequence of [1n, 2n]) {
    checkpoint.save({ shardId: 'shard-1', sequence });
    checkpoint.flush();
  }
  expect(checkpoint.load()).toBeUndefined();
  rmSync(`${file}.new`);
  checkpoint.flush();
  expect(openCheckpointFile(file).load()).toEqual({ shardId: 'shard-1', sequence: 2n });
  expect(reports).toEqual([
    `The file ${file} cannot be written: ENOSPC: no space left on device, write; a restart would deliver records again.`,
    `The file ${file} can be written again.`,
  ]);
});
