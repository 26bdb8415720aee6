import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const project = fileURLToPath(new URL('..', import.meta.url));
const target = resolve(project, 'lambdas/api/receipts/generated/receipt-script.ts');

/** Compiles the verifier of signed values for browsers, as the module that the API serves it from. */
export async function compileReceiptScript(): Promise<string> {
  const built = await build({
    absWorkingDir: project,
    entryPoints: ['lambdas/api/receipts/verify-on-page.ts'],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: ['es2022'],
    minify: true,
    charset: 'ascii',
    legalComments: 'none',
    write: false,
    logLevel: 'error',
  });
  const script = built.outputFiles[0]?.text ?? '';
  return `/** The script of receipts, compiled from verify-on-page.ts by \`npm run generate\`. */\nexport const receiptScript = ${JSON.stringify(script)};\n`;
}

const readIfThere = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const compiled = await compileReceiptScript();
  mkdirSync(dirname(target), { recursive: true });
  if (readIfThere(target) !== compiled) writeFileSync(target, compiled);
}
