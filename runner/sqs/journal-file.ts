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

/** A file of lines. After a failure it is to be replaced before anything is appended to it. */
export type JournalFile = {
  /** Writes a line at the end, whole, or throws and leaves nothing of it where the file can be cut off. */
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
      cutOff(file, before);
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

/** A full disk may have taken the beginning of a line. A file that cannot be cut off is for its owner to replace. */
function cutOff(file: number, length: number): void {
  try {
    ftruncateSync(file, length);
  } catch {
    // The error of the write is the one to be known.
  }
}
