import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { licencesPage } from '../../build/licences/licences-page.ts';
import { isPermitted, shippedPackages } from '../../build/licences/shipped-packages.ts';

const textOf = (path: string): string =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('what is shipped', () => {
  it('docs/licences.md lists the packages of the lockfile that are shipped, with their licences (npm run licences)', () => {
    expect(textOf('docs/licences.md')).toBe(licencesPage());
  });

  it('every package that is shipped has a licence that may be', () => {
    const packages = shippedPackages();

    expect(packages.length).toBeGreaterThan(20);
    expect(packages.filter((one) => !isPermitted(one))).toEqual([]);
    for (const licence of ['AGPL-3.0-only', 'GPL-3.0', 'BUSL-1.1', 'Elastic-2.0', 'unknown', '']) {
      expect(isPermitted({ name: 'a', version: '1', licence })).toBe(false);
    }
  });

  it('every package is named in package.json by one exact version, so that nobody ships what nobody looked at', () => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(
      textOf('package.json'),
    );
    const versions = Object.entries({
      ...dependencies,
      ...devDependencies,
      ...optionalDependencies,
    });

    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)))).toEqual([]);
  });

  it('every package that is shipped has a hash in the lockfile, and comes from nowhere but the registry', () => {
    const { packages } = JSON.parse(textOf('package-lock.json')) as {
      packages: Record<
        string,
        { integrity?: string; resolved?: string; dev?: boolean; devOptional?: boolean }
      >;
    };
    const strange = Object.entries(packages).filter(
      ([path, { integrity, resolved, dev, devOptional }]) =>
        path !== '' &&
        !dev &&
        !devOptional &&
        (!integrity?.startsWith('sha512-') || resolved !== undefined),
    );

    expect(strange.map(([path]) => path)).toEqual([]);
  });
});

describe('the deployment workflow in examples', () => {
  const workflow = textOf('examples/deploy.github-actions.yml');

  it('it deploys by a role that it assumes for an hour, and holds no key', () => {
    expect(workflow).toContain('id-token: write');
    expect(workflow).toContain('role-to-assume:');
    expect(workflow).not.toMatch(/aws-secret-access-key|AWS_SECRET_ACCESS_KEY/i);
  });

  it('each of its npm commands is one of package.json, and each step of a deployment is there in its order', () => {
    const { scripts } = JSON.parse(textOf('package.json'));
    const named = [...workflow.matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name ?? '');

    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    const order = [
      'npm ci',
      'npm run audit',
      'npm run check',
      'npm run sbom',
      'cdk deploy --all -c stage=test',
      'doctor --stack joulegate-test-service',
      'cdk deploy --all',
      'doctor --stack joulegate-prod-service',
    ];
    const places = order.map((step, n) =>
      workflow.indexOf(step, n === 0 ? 0 : workflow.indexOf(order[n - 1] ?? '') + 1),
    );
    expect(places.every((place, n) => place > (places[n - 1] ?? -1))).toBe(true);
  });
});
