import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../runner/sqs/message.ts';
import { openMessageJournal } from '../../../runner/sqs/message-journal.ts';
import { runOnFullDisk } from '../full-disk.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'joulegate-journal-'));
  file = join(folder, 'postponed.jsonl');
});

afterEach(() => rmSync(folder, { recursive: true }));

const message = (id: string): Message => ({
  id,
  body: `{"meterStop":${id}}`,
  attributes: {},
  sentAt: 1,
  visibleAt: 1,
  receiveCount: 0,
});

test.each(['{', '{"mess', '{"message":{"id":"3","bo', '{"gone":"1', '\0\0\0\0', '{"gone"\0\0'])(
  'a last line half written by a power cut is skipped: %j',
  (rest) => {
    const journal = openMessageJournal(file);
    journal.take(message('1'));
    journal.take(message('2'));
    journal.remove('1');
    appendFileSync(file, rest);

    const reopened = openMessageJournal(file);
    expect(reopened.load()).toEqual([message('2')]);
    reopened.take(message('4'));
    expect(openMessageJournal(file).load()).toEqual([message('2'), message('4')]);
  },
);

test.each([
  'garbage',
  'garbage\n',
  '{}\n',
  '5\n',
  '{"message":{}}\n',
  '{"gone":"1"\n{"gone":"2"}\n',
])('a malformed journal is refused and left unchanged: %j', (text) => {
  writeFileSync(file, text);
  expect(() => openMessageJournal(file)).toThrow(
    `The file ${file} holds no message in line 1; restore or remove it.`,
  );
  expect(() => openMessageJournal(file)).toThrow();
});

/** Fills a disk with messages, tries to let the first one go, then says which were taken and what was reported. */
const fillDisk = `
  const [file] = process.argv.slice(1);
  const { openMessageJournal } = await import(${JSON.stringify(new URL('../../../runner/sqs/message-journal.ts', import.meta.url).href)});
  const reports = [];
  const journal = openMessageJournal(file, (line) => reports.push(line));
  const message = (id) => ({ id, body: 'x'.repeat(300), attributes: {}, sentAt: 1, visibleAt: 1, receiveCount: 0 });
  const taken = [];
  try {
    for (let id = 0; id < 1000; id += 1) {
      journal.take(message(String(id)));
      taken.push(String(id));
    }
  } catch (error) {
    reports.push(error.code);
  }
  journal.change({ ...message('1'), receiveCount: 1, body: 'y'.repeat(4000) });
  journal.change({ ...message('1'), receiveCount: 2 });
  console.log(JSON.stringify({ taken, reports, here: journal.load().map(({ id }) => id) }));
`;

test('a full disk takes no message half, and keeps all that it has taken', async () => {
  const { status, output, errors } = await runOnFullDisk(8, fillDisk, file);
  expect({ status, errors }).toEqual({ status: 0, errors: '' });
  const { taken, reports, here } = JSON.parse(output);
  expect(taken.length).toBeGreaterThan(5);
  expect(here).toEqual(taken);
  expect(reports).toEqual([
    'EFBIG',
    `The file ${file} cannot be written: EFBIG: file too large, write; a restart would deliver messages again.`,
    `The file ${file} can be written again.`,
  ]);

  const reopened = openMessageJournal(file);
  expect(reopened.load().map(({ id }) => id)).toEqual(taken);
  expect(reopened.load().find(({ id }) => id === '1')?.receiveCount).toBe(2);
});
