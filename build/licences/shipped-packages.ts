import { readFileSync } from 'node:fs';

/** A package of npm that functions are bundled from, or that runs on a laptop. */
export type ShippedPackage = {
  readonly name: string;
  readonly version: string;
  /** SPDX expression, as the package states it. */
  readonly licence: string;
};

type Locked = {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly devOptional?: boolean;
};

/** Licences that may be shipped: none asks for more than to be named. */
export const permittedLicences: readonly string[] = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
];

const nameOf = (path: string): string => path.slice(path.lastIndexOf('node_modules/') + 13);

/** The packages that are shipped, by name: those of the lockfile that are not for development alone. */
export function shippedPackages(): readonly ShippedPackage[] {
  const lockfile = new URL('../../package-lock.json', import.meta.url);
  const { packages } = JSON.parse(readFileSync(lockfile, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version = '', license = 'unknown' }]) => ({
      name: nameOf(path),
      version,
      licence: license,
    }))
    .toSorted((a, b) => `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`, 'en'));
}

/** True if one of the licences that an expression offers may be shipped. */
export const isPermitted = ({ licence }: ShippedPackage): boolean =>
  licence
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((one) => permittedLicences.includes(one));
