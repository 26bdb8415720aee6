import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { makeFolder } from '../make-folder.ts';
import { S3Error } from './s3-error.ts';

/** An object, without its content. */
export type StoredObject = {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly contentType: string;
  /** ISO 8601 in UTC. */
  readonly storedAt: string;
};

/** The demands on content that is stored; absent where nothing is demanded. */
export type Demands = {
  readonly contentType?: string | undefined;
  /** SHA-256 in base64. */
  readonly checksum?: string | undefined;
};

/** The objects of a bucket as files of a folder: each with its content and beside it what is known of it. */
export type ObjectFiles = {
  readonly put: (key: string, content: Readable, demands: Demands) => Promise<StoredObject>;
  readonly find: (key: string) => Promise<StoredObject | undefined>;
  /** Both ends are included. */
  readonly read: (key: string, from: number, to: number) => Readable;
  readonly remove: (key: string) => Promise<void>;
};

/**
 * Opens the objects of a folder. Content is streamed, never held whole, and an object is there only when all of it is. A bucket here
 * has an end: what would make it larger than `mostBytes` is refused.
 */
export function openObjectFiles(folder: string, mostBytes: number): ObjectFiles {
  makeFolder(folder);
  let uploads = 0;
  // Keys are longer than names of files may be.
  const pathOf = (key: string): string =>
    join(folder, createHash('sha256').update(key).digest('hex'));
  const find = async (key: string): Promise<StoredObject | undefined> => {
    const text = await readFile(`${pathOf(key)}.json`, 'utf8').catch(() => undefined);
    return text === undefined ? undefined : (JSON.parse(text) as StoredObject);
  };
  const used = async (): Promise<number> => {
    const sizes = (await readdir(folder)).map(
      async (name) => (await stat(join(folder, name)).catch(() => ({ size: 0 }))).size,
    );
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
  };
  return {
    find,
    put: async (key, content, { contentType = 'binary/octet-stream', checksum }) => {
      uploads += 1;
      const part = `${pathOf(key)}.${process.pid}-${uploads}.part`;
      const room = mostBytes - (await used());
      const [sha256, md5] = [createHash('sha256'), createHash('md5')];
      let bytes = 0;
      try {
        await pipeline(
          content,
          async function* measured(source: AsyncIterable<Buffer>) {
            for await (const chunk of source) {
              bytes += chunk.length;
              // Read to its end all the same: who breaks off while the other side still sends is not heard.
              if (bytes > room) continue;
              sha256.update(chunk);
              md5.update(chunk);
              yield chunk;
            }
            if (bytes > room) {
              throw new S3Error(
                507,
                'InsufficientStorage',
                `A bucket holds ${mostBytes} bytes here.`,
              );
            }
          },
          createWriteStream(part),
        );
        if (checksum !== undefined && checksum !== sha256.digest('base64')) {
          throw new S3Error(
            400,
            'BadDigest',
            'The SHA256 you specified did not match the calculated checksum.',
          );
        }
        const object = {
          key,
          bytes,
          etag: `"${md5.digest('hex')}"`,
          contentType,
          storedAt: new Date().toISOString(),
        };
        await rename(part, pathOf(key));
        await writeFile(`${part}.json`, JSON.stringify(object));
        await rename(`${part}.json`, `${pathOf(key)}.json`);
        return object;
      } catch (error) {
        await rm(part, { force: true });
        throw error;
      }
    },
    read: (key, from, to) => createReadStream(pathOf(key), { start: from, end: to }),
    remove: async (key) => {
      await rm(`${pathOf(key)}.json`, { force: true });
      await rm(pathOf(key), { force: true });
    },
  };
}
