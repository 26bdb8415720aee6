import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StartRefusal } from '../start-refusal.ts';

const patienceMilliseconds = 5_000;

/** Looks through the database files in an engine's folder; refuses with `DATABASE_DAMAGED` one that is not whole. */
export function checkDatabase(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((each) => /\.(sqlite|db)$/.test(each))) {
    const file = join(folder, name);
    const damage = damageOf(file);
    if (damage !== undefined) {
      throw new StartRefusal(
        'DATABASE_DAMAGED',
        `The database ${file} is damaged: ${damage}; restore it, or remove the data directory to begin again without its data.`,
      );
    }
  }
}

/** Both engines keep their data in files of SQLite. */
function damageOf(file: string): string | undefined {
  try {
    const database = new DatabaseSync(file, { timeout: patienceMilliseconds });
    try {
      const [found] = Object.values(database.prepare('PRAGMA quick_check(1)').get() ?? {});
      return found === 'ok' ? undefined : String(found).replaceAll(/\s+/g, ' ');
    } finally {
      database.close();
    }
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
