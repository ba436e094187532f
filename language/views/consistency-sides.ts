import type { Node, Reference, Value } from '../model/design.ts';
import { readsOf } from './features-flow.ts';
import { pairOf, ofKind, type ViewInput } from './input.ts';
import type { Severity } from './view.ts';
import { longest, nameOf, pairWords, time, written } from './words.ts';

/** Who trains a model, who serves it, and the arms of experiments beside these. */
export interface Sides {
  readonly trainings: readonly Node[];
  readonly servings: readonly Node[];
  readonly arms: readonly Node[];
}

/** A feature view as both sides read it. */
export interface Definition {
  readonly view: Node;
  readonly training?: Side;
  readonly serving?: Side;
  /** `36 h old at most`, `computed in both` */
  readonly age: string;
  readonly difference: Difference;
}

interface Side {
  /** `v4` */
  readonly version: string | undefined;
  /** `v4, point in time` */
  readonly words: string;
}

interface Difference {
  readonly verdict: string;
  /** what stands on the line of a side, where it differs */
  readonly training?: string;
  readonly serving?: string;
  readonly version: boolean;
  readonly older: boolean;
  readonly severity?: Severity;
}

export function sidesOf(input: ViewInput, model: Node): Sides {
  const { now } = input;
  const using = (kind: string) => ofKind(input, kind).filter((node) => now.references(node, 'model').includes(model));
  const servings = using('serving');
  const arms = ofKind(input, 'experiment').flatMap((experiment) => {
    const pair = [now.reference(experiment, 'control'), now.reference(experiment, 'treatment')];
    return pair.some((arm) => arm && servings.includes(arm)) ? pair : [];
  });
  const others = arms.flatMap((arm) => (arm?.kind === 'serving' && !servings.includes(arm) ? [arm] : []));
  return { trainings: using('training'), servings, arms: [...new Set(others)] };
}

/** Every view that a side reads, in the order of the text. */
export function definitionsOf(input: ViewInput, model: Node, { trainings }: Sides): readonly Definition[] {
  const trained = trainings.flatMap((job) => {
    const own = input.now.references(job, 'features').length > 0;
    return readsOf(input, job).map((view) => ({ view, reader: own ? job : model, job }));
  });
  const served = readsOf(input, model);
  const all = new Set([...trained.map(({ view }) => view), ...served]);
  return ofKind(input, 'features')
    .filter((view) => all.has(view))
    .map((view) => {
      const [left, right] = [trained.find((t) => t.view === view), served.includes(view)];
      const training = left && { version: versionOf(input, left.reader, view), words: '' };
      const serving = right ? { version: versionOf(input, model, view), words: '' } : undefined;
      const latest =
        left !== undefined &&
        input.now.value(left.job, 'join') !== undefined &&
        input.now.word(left.job, 'join') === 'latest';
      return definition(input, view, training, serving, latest);
    });
}

function definition(
  input: ViewInput,
  view: Node,
  training: Side | undefined,
  serving: Side | undefined,
  latest: boolean,
): Definition {
  const type = input.now.word(view, 'type');
  const late = type === 'on_demand' ? undefined : oldest(input, view);
  const older = training !== undefined && serving !== undefined && type === 'batch' && late !== undefined;
  const words = (side: Side, what: string) => [side.version, what].filter(Boolean).join(', ');
  const difference = differenceOf(training, serving, { late: older ? late : undefined, latest });
  return {
    view,
    ...(training
      ? {
          training: {
            ...training,
            words: words(training, latest ? 'latest values' : type === 'on_demand' ? 'computed' : 'at the time'),
          },
        }
      : {}),
    ...(serving
      ? {
          serving: {
            ...serving,
            words: words(serving, type === 'on_demand' ? 'computed' : late ? `up to ${late} old` : 'from the store'),
          },
        }
      : {}),
    age:
      type === 'on_demand'
        ? training && serving
          ? 'computed in both'
          : 'on demand'
        : late
          ? `${late} old at most`
          : (type ?? ''),
    difference,
  };
}

function differenceOf(
  training: Side | undefined,
  serving: Side | undefined,
  { late, latest }: { readonly late: string | undefined; readonly latest: boolean },
): Difference {
  const same = { version: false, older: false } as const;
  if (!training) return { ...same, verdict: 'not in training', severity: 'error' };
  if (!serving) return { ...same, verdict: 'not served', severity: 'error' };
  if (training.version !== serving.version)
    return {
      ...same,
      version: true,
      verdict: 'other version',
      training: 'differs',
      serving: 'differs',
      severity: 'error',
    };
  if (latest) return { ...same, verdict: 'latest values in training', training: 'latest' };
  if (late) return { ...same, older: true, verdict: 'older when served', serving: `${late} later` };
  return { ...same, verdict: 'same' };
}

/** How old a value may be when it is read: as promised, else as estimated. */
function oldest(input: ViewInput, view: Node): string | undefined {
  const promised = written(input.now, view, 'freshness')?.text;
  const reached = longest(pairWords(pairOf(input, view, 'features.freshness'), (value) => time(value)));
  return promised ?? (reached === '' ? undefined : reached);
}

/** `v4`: the version that a reader names (`CardVelocity@3`), else that of the declaration. */
function versionOf(input: ViewInput, reader: Node, view: Node): string | undefined {
  const named = referencesIn(input.now.value(reader, 'features')).find(({ name }) => name === view.name)?.version;
  const version = named ?? nameOf(input.now, view, 'version');
  return version === undefined ? undefined : `v${version}`;
}

const referencesIn = (value: Value | undefined): readonly Reference[] =>
  value?.form === 'references' ? value.references : [];
