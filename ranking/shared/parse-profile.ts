/**
 * A profile file. Beyond its schema it must make sense: bounds in ascending order, no objective twice, correlations
 * only for what is drawn.
 *
 * The mistake avoided here: a `max` objective whose lower bound lies above its target still gives numbers, with the
 * direction turned round. Every fault names file and line.
 */
import { type Desirability, type Profile, profileSchema } from '../../model/profile.ts';
import { parseYamlDocument } from '../../model/yaml-document.ts';
import { isMadeOfDesirabilities } from './scoring-method.ts';

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}

const checkedProfileSchema = profileSchema.superRefine((profile, context) => {
  for (const { path, message } of profileFaults(profile)) context.addIssue({ code: 'custom', path, message });
});

/** Throws `AdatomError('request')` with one line per fault, `li.yaml line 12, objectives[0].weight: …`. */
export function parseProfile(text: string, fileName: string): Profile {
  return parseYamlDocument(text, fileName, checkedProfileSchema);
}

function profileFaults(profile: Profile): Fault[] {
  return [
    ...objectiveFaults(profile),
    ...methodFaults(profile),
    ...constraintFaults(profile),
    ...correlationFaults(profile),
  ];
}

function objectiveFaults(profile: Profile): Fault[] {
  const seen = new Set<string>();
  return profile.objectives.flatMap(({ descriptor, desirability }, index) => {
    const faults: Fault[] = [];
    if (seen.has(descriptor)) {
      faults.push({ path: ['objectives', index, 'descriptor'], message: 'expected each descriptor in one objective' });
    }
    seen.add(descriptor);
    const bounds = boundsOf(desirability);
    bounds.slice(1).forEach(([name, bound], before) => {
      const [lowerName, lower] = bounds[before] ?? [name, bound];
      if (bound > lower) return;
      const message = `expected ${name} above ${lowerName} (${lower})`;
      faults.push({ path: ['objectives', index, 'desirability', name], message });
    });
    return faults;
  });
}

function methodFaults({ method, normalisation, objectives }: Profile): Fault[] {
  const faults: Fault[] = [];
  if (normalisation !== undefined && method !== 'weighted-sum') {
    faults.push({ path: ['normalisation'], message: 'expected only beside method: weighted-sum' });
  }
  objectives.forEach(({ missing, tolerance }, index) => {
    if (missing !== 'exclude' && !isMadeOfDesirabilities(method, normalisation)) {
      const message = `expected exclude: the method ${method}${normalisation === undefined ? '' : `, ${normalisation},`} compares complete candidates`;
      faults.push({ path: ['objectives', index, 'missing'], message });
    }
    if (tolerance > 0 && method !== 'lexicographic') {
      faults.push({ path: ['objectives', index, 'tolerance'], message: 'expected only with method: lexicographic' });
    }
  });
  return faults;
}

/** The bounds of a desirability in the order they must ascend. */
function boundsOf(shape: Desirability): readonly (readonly [name: string, bound: number])[] {
  switch (shape.kind) {
    case 'max':
      return Object.entries({ lower: shape.lower, target: shape.target });
    case 'min':
      return Object.entries({ target: shape.target, upper: shape.upper });
    case 'target':
      return Object.entries({ lower: shape.lower, target: shape.target, upper: shape.upper });
  }
}

function constraintFaults(profile: Profile): Fault[] {
  return profile.constraints.flatMap(({ minimum, maximum }, index) => {
    if (minimum === undefined || maximum === undefined || maximum > minimum) return [];
    return [{ path: ['constraints', index, 'maximum'], message: `expected maximum above minimum (${minimum})` }];
  });
}

function correlationFaults(profile: Profile): Fault[] {
  const drawn = profile.objectives.map((objective) => objective.descriptor);
  return Object.keys(profile.monteCarlo.correlations)
    .filter((name) => !drawn.includes(name))
    .map((name) => ({
      path: ['monteCarlo', 'correlations', name],
      message: `expected the descriptor of an objective (${drawn.join(', ')})`,
    }));
}
