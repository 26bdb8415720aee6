import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Readable } from 'node:stream';
import { CommandError } from '../../clients/command-error.ts';
import { askApi } from '../../clients/operator-api.ts';
import { findStack, stackOptions } from '../../clients/stack-access.ts';
import { type Command, type CommandArguments, textOption } from '../command.ts';

type Registered = {
  readonly firmwareId: string;
  readonly upload: {
    readonly url: string;
    readonly headers: Readonly<Record<string, string>>;
  };
};

/** A file as it is registered; it is read twice, and never held whole. */
async function factsOf(path: string): Promise<{ readonly bytes: number; readonly sha256: string }> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk);
    return { bytes: (await stat(path)).size, sha256: hash.digest('hex') };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CommandError('CLI_FILE_UNREADABLE', `${path} cannot be read: ${reason}.`);
  }
}

function signedBy(args: CommandArguments) {
  const [certificate, signature] = ['certificate', 'signature'].map((name) => {
    const path = textOption(args, name);
    return path === undefined ? undefined : readFileSync(path, 'utf8').trim();
  });
  return certificate === undefined || signature === undefined
    ? {}
    : { signed: { certificate, signature } };
}

/** `joulegate firmware upload`: registers a firmware and uploads its file. */
export const firmwareUpload: Command = {
  name: 'firmware upload',
  summary: 'registers a firmware and uploads its file',
  usage: 'FILE --version V [--vendor N] [--model M] [--certificate PEM --signature FILE]',
  options: {
    ...stackOptions,
    version: { type: 'string' },
    vendor: { type: 'string' },
    model: { type: 'string' },
    certificate: { type: 'string' },
    signature: { type: 'string' },
  },
  run: async (args) => {
    const [path] = args.positionals;
    const version = textOption(args, 'version');
    if (path === undefined || version === undefined) {
      throw new CommandError('CLI_ARGUMENT_MISSING', 'Name a file, and its --version.');
    }
    const access = await findStack(args);
    const { upload, ...firmware } = await askApi<Registered>(access, 'POST', '/firmware', {
      version,
      ...(textOption(args, 'vendor') && { vendor: textOption(args, 'vendor') }),
      ...(textOption(args, 'model') && { model: textOption(args, 'model') }),
      fileName: basename(path),
      ...(await factsOf(path)),
      ...signedBy(args),
    });
    const body = Readable.toWeb(createReadStream(path)) as ReadableStream;
    const request = { method: 'PUT', headers: upload.headers, body, duplex: 'half' } as RequestInit;
    const answer = await fetch(upload.url, request);
    if (!answer.ok) {
      throw new CommandError('CLI_UPLOAD_REFUSED', `S3 refused the file with ${answer.status}.`);
    }
    return { exitCode: 0, json: firmware, text: `${firmware.firmwareId} is uploaded.` };
  },
};
