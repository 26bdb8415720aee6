import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { Message } from './message.ts';

/** The messages of a queue on disk: each line is a message as it is now, or the id of one that has gone. */
export type MessageJournal = {
  readonly load: () => readonly Message[];
  readonly put: (message: Message) => void;
  readonly remove: (id: string) => void;
};

type Line = { readonly message: Message } | { readonly gone: string };

/** Lines after which a journal is written anew with what is left. */
const COMPACT_AFTER = 5_000;

/** Opens the journal of a queue; what a killed runner has half written at the end is passed over. */
export function openMessageJournal(file: string): MessageJournal {
  const messages = readMessages(file);
  mkdirSync(dirname(file), { recursive: true });
  let lines = 0;
  const compact = () => {
    const text = [...messages.values()].map((message) => `${JSON.stringify({ message })}\n`);
    writeFileSync(`${file}.new`, text.join(''));
    renameSync(`${file}.new`, file);
    lines = 0;
  };
  const append = (line: Line) => {
    lines += 1;
    if (lines > COMPACT_AFTER) {
      compact();
    } else {
      appendFileSync(file, `${JSON.stringify(line)}\n`);
    }
  };
  compact();
  return {
    load: () => [...messages.values()],
    put: (message) => {
      messages.set(message.id, message);
      append({ message });
    },
    remove: (id) => {
      messages.delete(id);
      append({ gone: id });
    },
  };
}

function readMessages(file: string): Map<string, Message> {
  const messages = new Map<string, Message>();
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = JSON.parse(line) as Line;
    if ('gone' in entry) {
      messages.delete(entry.gone);
    } else {
      messages.set(entry.message.id, entry.message);
    }
  }
  return messages;
}
