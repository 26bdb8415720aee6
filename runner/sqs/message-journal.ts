import { appendFileSync, existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { readDataFile } from '../read-data-file.ts';
import { asJsonObject, isJsonObject } from '../template/json-object.ts';
import type { Message } from './message.ts';

/** The messages of a queue on disk: each line is a message as it is now, or the id of one that has gone. */
export type MessageJournal = {
  readonly load: () => readonly Message[];
  readonly put: (message: Message) => void;
  readonly remove: (id: string) => void;
};

type Line = { readonly message: Message } | { readonly gone: string };

/** Lines after which a journal is rewritten with what is left. */
const COMPACT_AFTER = 5_000;

/**
 * Opens the journal of a queue; what a killed runner, or a power cut, has half written at the end is passed over.
 * Refuses with `DATA_DIRECTORY_UNUSABLE` a file that is not a journal.
 */
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
  const text = existsSync(file) ? readDataFile(file) : '';
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const entry = readLine(line);
    if (entry === undefined) {
      if (index === lines.length - 1 && isCutOff(line)) {
        break;
      }
      throw unusableFile(file, `no message in line ${index + 1}`);
    }
    if ('gone' in entry) {
      messages.delete(entry.gone);
    } else {
      messages.set(entry.message.id, entry.message);
    }
  }
  return messages;
}

function readLine(line: string): Line | undefined {
  try {
    const entry = asJsonObject(JSON.parse(line));
    const { gone, message } = entry;
    const isMessage = isJsonObject(message) && typeof message['id'] === 'string';
    return typeof gone === 'string' || isMessage ? (entry as Line) : undefined;
  } catch {
    return undefined;
  }
}

/** True if a last line, empty as a rule, is the beginning of one; a power cut may leave zeros where text should be. */
function isCutOff(line: string): boolean {
  const written = line.replace(/\0+$/, '');
  return ['{"message":{', '{"gone":"'].some(
    (beginning) => written.startsWith(beginning) || beginning.startsWith(written),
  );
}
