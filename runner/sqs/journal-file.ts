import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';

/** A file of lines. After a failure it holds what it held before: no line is ever left half written in the middle. */
export type JournalFile = {
  /** Writes a line at the end, whole; throws when the disk does not take it. */
  readonly append: (line: string) => void;
  /** Puts other lines in the place of all; throws, and leaves the file as it was, when the disk does not take them. */
  readonly replace: (lines: readonly string[]) => void;
};

/** Opens the file by its first `replace`. */
export function openJournalFile(path: string): JournalFile {
  let descriptor: number | undefined;
  const appended = (file: number, line: string): void => {
    const text = Buffer.from(`${line}\n`);
    const before = fstatSync(file).size;
    let written = 0;
    try {
      while (written < text.length) written += writeSync(file, text, written);
    } catch (error) {
      // A full disk may have taken the beginning of it.
      ftruncateSync(file, before);
      throw error;
    }
  };
  return {
    append: (line) => {
      descriptor ??= openSync(path, 'a');
      appended(descriptor, line);
    },
    replace: (lines) => {
      const unfinished = `${path}.new`;
      try {
        writeFileSync(unfinished, lines.map((line) => `${line}\n`).join(''));
        renameSync(unfinished, path);
      } catch (error) {
        rmSync(unfinished, { recursive: true, force: true });
        throw error;
      }
      if (descriptor !== undefined) closeSync(descriptor);
      descriptor = undefined;
    },
  };
}
