import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { Explanation, Survivor } from './explain-survivors.ts';

const position = z.object({ line: z.int().positive(), column: z.int().positive() });

const report = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.string(),
      mutants: z.array(
        z.object({
          status: z.string(),
          replacement: z.string(),
          location: z.object({ start: position, end: position }),
        }),
      ),
    }),
  ),
});

/** Every change to a room that no test noticed, by the report that was written last; throws where there is none. */
export const readSurvivors = (room: string): readonly Survivor[] => {
  const { files } = report.parse(JSON.parse(readFileSync(`reports/mutation/${room}.json`, 'utf8')));
  return Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants
      .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
      .map(({ location: { start, end }, replacement }) => ({
        file,
        line: start.line,
        original: source.slice(offsetOf(source, start), offsetOf(source, end)),
        replacement,
      })),
  );
};

const offsetOf = (source: string, { line, column }: z.infer<typeof position>): number =>
  source
    .split('\n')
    .slice(0, line - 1)
    .reduce((offset, text) => offset + text.length + 1, column - 1);

const explanations = z.array(
  z.strictObject({
    file: z.string(),
    original: z.string(),
    replacement: z.string(),
    why: z.string().regex(/^\S.{10,}[.]$/),
    count: z.int().min(2).optional(),
  }),
);

/** The reasons that are given for what survives in a room: `test/mutation/survivors/<room>.json`; throws where there is none. */
export const readExplanations = (room: string): readonly Explanation[] =>
  explanations.parse(
    JSON.parse(readFileSync(new URL(`survivors/${room}.json`, import.meta.url), 'utf8')),
  );
