import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** SHA-256 of each file of a release's data, by the file's name. */
type ReleaseSums = Readonly<Record<string, string>>;

/**
 * The data of each release, as they were when it was made. What a deployment has in its tables does not change because a test would like it to: a line
 * is added with a release and never changed.
 */
export const releaseSums: Readonly<Record<string, ReleaseSums>> = {
  '0.1.0': {
    'guide.json': '2d92199499d83926122b92c87730c5a8522bff8d74622719916f9a610d9643d8',
    'readings.jsonl': '1fd1366eced1884db360cc13a8e609db4d32f0c8b8e44a19fa85689853e9e734',
    'state.jsonl': '5ddb0f29f84ffb85bcf52b8e104c499bcadaa7af8f08454732250a28b5473277',
  },
};

/** The sums of a folder of a release's data as it is now. */
export const sumsOf = (folder: string): ReleaseSums =>
  Object.fromEntries(
    readdirSync(folder).map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
