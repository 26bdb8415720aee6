import { describe, expect, it } from 'vitest';
import { shippedPackages } from '../../build/licences/shipped-packages.ts';
import { shippedSbom } from '../../build/sbom/shipped-sbom.ts';

describe('the list of packages for others (npm run sbom)', () => {
  it('the list has every package that is shipped and no other, each with its hash, also those that development needs besides', () => {
    const { components, dependencies, metadata } = shippedSbom();
    const named = (one: { readonly name: string; readonly version: string }) =>
      `${one.name}@${one.version}`;

    expect([...new Set(components.map(named))].sort()).toEqual(
      [...new Set(shippedPackages().map(named))].sort(),
    );
    expect(components.filter((one) => !JSON.stringify(one).includes('SHA-512'))).toEqual([]);
    const refs = new Set([metadata.component, ...components].map((one) => one['bom-ref']));
    expect(
      dependencies.flatMap(({ dependsOn = [] }) => dependsOn).filter((ref) => !refs.has(ref)),
    ).toEqual([]);
    expect(metadata.component.name).toBe('joulegate');
  });
});
