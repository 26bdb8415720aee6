import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { lastingTrouble } from '../lasting-trouble.ts';
import { readDataFile } from '../read-data-file.ts';
import { asJsonObject, isJsonObject } from '../template/json-object.ts';
import { openJournalFile } from './journal-file.ts';
import type { Message } from './message.ts';

/** The messages of a queue on disk: each line is a message as it is now, or the id of one that has gone. */
export type MessageJournal = {
  readonly load: () => readonly Message[];
  /** Keeps a message that is new here; throws, and keeps nothing of it, when the disk does not take it. */
  readonly take: (message: Message) => void;
  /** Keeps what has become of a message. On a disk that does not take it a restart finds the message as it was before. */
  readonly change: (message: Message) => void;
  /** Forgets a message; on a disk that does not take it, a restart delivers it once more, as queues may. */
  readonly remove: (id: string) => void;
};

type Line = { readonly message: Message } | { readonly gone: string };

/** Lines after which a journal is rewritten with what is left. */
const COMPACT_AFTER = 5_000;

/**
 * Opens the journal of a queue; what a killed runner, or a power cut, has half written at the end is passed over.
 * Refuses with `DATA_DIRECTORY_UNUSABLE` a file that is not a journal. `report` gets a line when the disk does not take
 * what becomes of messages, and another when it does again.
 */
export function openMessageJournal(
  file: string,
  report: (line: string) => void = () => undefined,
): MessageJournal {
  const messages = readMessages(file);
  mkdirSync(dirname(file), { recursive: true });
  const journal = openJournalFile(file);
  const trouble = lastingTrouble(
    `The file ${file}`,
    'a restart would deliver messages again',
    report,
  );
  let lines = 0;
  /** True while the file lacks what has become of some message. */
  let isBehind = false;
  const compact = () => {
    journal.replace([...messages.values()].map((message) => JSON.stringify({ message })));
    lines = 0;
    isBehind = false;
  };
  const append = (line: Line) => {
    if (isBehind || lines >= COMPACT_AFTER) {
      compact();
    } else {
      journal.append(JSON.stringify(line));
      lines += 1;
    }
  };
  const follow = (line: Line) => {
    try {
      append(line);
      trouble.isOver();
    } catch (error) {
      isBehind = true;
      trouble.begins(error);
    }
  };
  compact();
  return {
    load: () => [...messages.values()],
    take: (message) => {
      messages.set(message.id, message);
      try {
        append({ message });
      } catch (error) {
        messages.delete(message.id);
        isBehind = true;
        throw error;
      }
    },
    change: (message) => {
      messages.set(message.id, message);
      follow({ message });
    },
    remove: (id) => {
      messages.delete(id);
      follow({ gone: id });
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
