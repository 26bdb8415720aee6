import { StartRefusal } from './start-refusal.ts';

/** `DATA_DIRECTORY_UNUSABLE`: the directory as a whole, for an error of the file system. */
export function unusableDirectory(path: string, error: unknown): StartRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  return new StartRefusal(
    'DATA_DIRECTORY_UNUSABLE',
    `The data directory ${path} cannot be used: ${reason.replace(/\.$/, '')}.`,
  );
}

/** `DATA_DIRECTORY_UNUSABLE`: one file of it, which does not hold what it should (`lacks`, as in "no key"). */
export function unusableFile(path: string, lacks: string): StartRefusal {
  return new StartRefusal(
    'DATA_DIRECTORY_UNUSABLE',
    `The file ${path} holds ${lacks}; restore or remove it.`,
  );
}

/** Failures of a disk come without a path: the file was open already. */
const diskFailures = new Set(['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EFBIG']);

/** True for an error of a disk that takes nothing more, or nothing at all. */
export function isDiskFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && diskFailures.has(String(error.code));
}

/** The error itself, or its refusal when it is one of the disk, or of the file system about a path below the data directory. */
export function refusalOfFileError(directory: string, error: unknown): unknown {
  const path = error instanceof Error && 'path' in error ? String(error.path) : '';
  const below = path === directory || path.startsWith(`${directory}/`) || isDiskFailure(error);
  return below && !(error instanceof StartRefusal) ? unusableDirectory(directory, error) : error;
}
