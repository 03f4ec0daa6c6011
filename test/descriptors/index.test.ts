import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { DESCRIPTORS, descriptorByName } from '../../descriptors/index.ts';
import { descriptorInputs } from '../../pipeline/descriptor-inputs.ts';

const FILES = readdirSync(new URL('../../descriptors/', import.meta.url))
  .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
  .map((file) => file.slice(0, -'.ts'.length));

describe('the list of descriptors', () => {
  it('has exactly one descriptor per file of the folder, under the name of the file', () => {
    expect(DESCRIPTORS.map((definition) => definition.identifier).sort()).toEqual([...FILES].sort());
  });

  it.each(DESCRIPTORS)('documents $identifier in every field', (definition) => {
    for (const text of [definition.symbol, definition.unit, definition.title, definition.sign]) {
      expect(text.trim()).not.toBe('');
    }
    expect(definition.formula).toContain(definition.symbol);
    expect(definition.reference.length).toBeGreaterThan(10);
    expect(definition.version).toBeGreaterThanOrEqual(1);
    expect(definition.defaultUncertainty ?? 1).toBeGreaterThan(0);
  });

  it.each(DESCRIPTORS)('says of every input of $identifier what it is', (definition) => {
    const schema = z.toJSONSchema(definition.inputs, { io: 'input' });
    const fields = Object.entries(schema.properties ?? {});
    expect(fields.length).toBeGreaterThan(0);
    for (const [name, field] of fields) {
      expect(typeof field === 'object' && (field.description ?? '') !== '', name).toBe(true);
    }
  });

  it.each(DESCRIPTORS)('knows each input of $identifier by one symbol', (definition) => {
    const names = descriptorInputs(definition).flatMap(({ name, symbol }) => [name, ...(symbol ? [symbol] : [])]);
    const typed = names.map((name) => name.replace(/[_,\s]/g, ''));
    expect(new Set(typed).size).toBe(names.length);
  });

  it.each(DESCRIPTORS)('refuses an input that $identifier does not know', (definition) => {
    expect(() => definition.compute({ energy: -1 })).toThrow(z.ZodError);
  });

  it('carries the default uncertainties of SCIENCE §10.5', () => {
    const uncertainties = Object.fromEntries(DESCRIPTORS.map((d) => [d.identifier, d.defaultUncertainty]));
    expect(uncertainties).toMatchObject({
      'adsorption-energy': 0.1,
      'nucleation-driving-force': 0.1,
      'migration-barrier': 0.05,
      'surface-energy': 0.05,
    });
  });
});

describe('finding a descriptor by name', () => {
  it.each([
    ['adsorption-energy', 'adsorption-energy', 1],
    ['E_ads', 'adsorption-energy', 1],
    ['binding-energy', 'adsorption-energy', -1],
    ['E_b', 'adsorption-energy', -1],
    ['ΔE_nuc', 'nucleation-driving-force', 1],
    ['E_f', 'migration-barrier', 1],
    ['γ', 'surface-energy', 1],
  ])('finds %s', (name, identifier, factor) => {
    const found = descriptorByName(name);
    expect(found?.definition.identifier).toBe(identifier);
    expect(found?.factor).toBe(factor);
  });

  it('finds nothing under a name that no descriptor has', () => {
    expect(descriptorByName('energy')).toBeUndefined();
    expect(descriptorByName('')).toBeUndefined();
  });

  it('has no name twice', () => {
    const names = DESCRIPTORS.flatMap((d) => [
      d.identifier,
      d.symbol,
      ...d.aliases.flatMap((a) => [a.identifier, a.symbol]),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });
});
