import type { WriteLog } from '../runner-interfaces.ts';
import type { StageDefinition } from './stage-definition.ts';

/** Values of `$context.…` variables, by the name after `$context.`; what is missing is written as `-`. */
type ContextValues = Readonly<Record<string, string | number | undefined>>;

/** The access log of a stage. */
export type AccessLog = {
  readonly write: (values: ContextValues) => void;
  /** Writes out what is still held back. */
  readonly flush: () => void;
};

// One append for many lines: a line of its own for each message would cost more than the message.
const holdBackMilliseconds = 200;

/** Opens the access log that a stage asks for; it swallows everything where the stage asks for none. */
export function openAccessLog(settings: StageDefinition['accessLog'], write: WriteLog): AccessLog {
  if (settings === undefined) {
    return { write: () => {}, flush: () => {} };
  }
  const format = readFormat(settings.format);
  let lines: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (lines.length > 0) {
      write(settings.logGroup, lines.join('\n'));
      lines = [];
    }
  };
  return {
    write: (values) => {
      lines.push(format(values));
      timer ??= setTimeout(flush, holdBackMilliseconds).unref();
    },
    flush,
  };
}

function readFormat(format: string): (values: ContextValues) => string {
  // Every second piece is the name of a variable.
  const pieces = format.split(/\$context\.([\w.]*\w)/);
  return (values) =>
    pieces.map((piece, at) => (at % 2 === 0 ? piece : String(values[piece] ?? '-'))).join('');
}
