import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openLogFiles } from '../../../runner/logs/log-files.ts';

test('lines of a log group go to a file with its name, by name or ARN', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'joulegate-logs-'));
  const group = {
    address: 'JoulegateService/OperatorApiAccessLog1A2B3C4D',
    type: 'AWS::Logs::LogGroup',
    ref: 'JoulegateService-OperatorApiAccessLog-abc',
    attributes: {},
    properties: {},
  };
  const logs = openLogFiles({ resources: [group], outputs: {} }, directory);
  logs.write(group.ref, 'first');
  logs.write(`arn:aws:logs:eu-central-1:000000000000:log-group:${group.ref}`, 'second');
  await logs.stop();
  const path = join(directory, 'logs', 'OperatorApiAccess.log');
  expect(logs.pathOf(group.ref)).toBe(path);
  expect(readFileSync(path, 'utf8')).toBe('first\nsecond\n');
  rmSync(directory, { recursive: true });
});

test('a log on a full disk is reported once, and stops nobody', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'joulegate-logs-'));
  const reports: string[] = [];
  const logs = openLogFiles({ resources: [], outputs: {} }, directory, (line) =>
    reports.push(line),
  );
  const path = logs.pathOf('access');
  symlinkSync('/dev/full', path);
  for (const line of ['first', 'second']) {
    logs.write('access', line);
    await expect.poll(() => reports.length).toBe(1);
  }
  rmSync(path);
  logs.write('access', 'third');
  await logs.stop();
  expect(reports).toEqual([
    `The log ${path} cannot be written: ENOSPC: no space left on device, write; its lines are dropped.`,
    `The log ${path} can be written again.`,
  ]);
  expect(readFileSync(path, 'utf8')).toMatch(/third\n$/);
  rmSync(directory, { recursive: true });
});
