import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../../runner/sqs/message.ts';
import { openMessageJournal } from '../../../runner/sqs/message-journal.ts';

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
    journal.put(message('1'));
    journal.put(message('2'));
    journal.remove('1');
    appendFileSync(file, rest);

    const reopened = openMessageJournal(file);
    expect(reopened.load()).toEqual([message('2')]);
    reopened.put(message('4'));
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
