import { appendFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unusableFile } from '../data-directory-refusal.ts';
import { type LastingTrouble, lastingTrouble } from '../lasting-trouble.ts';
import type { Deployment, RunningPart, WriteLog } from '../runner-interfaces.ts';

/** The log groups of the deployment, one file each. */
export type LogFiles = RunningPart & {
  /** Path of the file of a log group, by name. */
  readonly pathOf: (logGroupName: string) => string;
  /** True if the template has a log group of this name. */
  readonly has: (logGroupName: string) => boolean;
  readonly write: WriteLog;
  /** Reports, once, that a function cannot write its log; by the path of the file. */
  readonly failed: (path: string, reason: string) => void;
};

/** Lines wait so long to be written together: an access log has one for each message. */
const gatherMilliseconds = 50;

/**
 * Opens `logs/` in the data directory; a file is called as its log group, without what makes names unique on AWS. A log that
 * cannot be written stops nobody's work: its lines are dropped, and `report` gets a line.
 */
export function openLogFiles(
  deployment: Deployment,
  dataDirectory: string,
  report: (line: string) => void = () => undefined,
): LogFiles {
  const directory = join(dataDirectory, 'logs');
  mkdirSync(directory, { recursive: true });
  const groups = deployment.resources.filter(({ type }) => type === 'AWS::Logs::LogGroup');
  const logicalIds = new Map(groups.map(({ ref, address }) => [ref, address.split('/')[1] ?? ref]));
  const pathOf = (logGroupName: string): string => {
    const name = logicalIds.get(logGroupName) ?? logGroupName;
    return join(directory, `${fileName(name)}.log`);
  };
  for (const name of logicalIds.keys()) {
    refuseFolder(pathOf(name));
  }
  const troubles = new Map<string, LastingTrouble>();
  const troubleWith = (path: string): LastingTrouble => {
    const trouble =
      troubles.get(path) ?? lastingTrouble(`The log ${path}`, 'its lines are dropped', report);
    troubles.set(path, trouble);
    return trouble;
  };
  const gathered = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const flush = (): void => {
    timer = undefined;
    for (const [path, lines] of gathered) {
      try {
        appendFileSync(path, lines);
        troubleWith(path).isOver();
      } catch (error) {
        troubleWith(path).begins(error);
      }
    }
    gathered.clear();
  };
  return {
    pathOf,
    has: (logGroupName) => logicalIds.has(logGroupName),
    write: (logGroup, line) => {
      // A function interrupted by the stop may still report its end; the directory is no longer ours then.
      if (stopped) {
        return;
      }
      const name = logGroup.startsWith('arn:') ? (logGroup.split(':')[6] ?? logGroup) : logGroup;
      const path = pathOf(name);
      gathered.set(path, `${gathered.get(path) ?? ''}${line}\n`);
      timer ??= setTimeout(flush, gatherMilliseconds);
    },
    failed: (path, reason) => troubleWith(path).begins(reason),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      flush();
    },
  };
}

/** Lines are written later, when an error could no longer be reported. */
function refuseFolder(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw unusableFile(path, 'no log, it is a folder');
  }
}

/** CDK ends logical ids with the construct's name and eight hexadecimal digits; slashes would make folders. */
function fileName(name: string): string {
  return name
    .replace(/(Log)?[0-9A-F]{8}$/, '')
    .replaceAll(/[^\w.-]+/g, '-')
    .replace(/^-/, '');
}
