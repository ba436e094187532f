import type { Node } from '../model/design.ts';
import { writtenWords } from './lines.ts';
import type { ViewInput } from './input.ts';
import { nameIn, type Words, written } from './words.ts';

/** `psi in 1 d`, `auc down 5% in 30 d` */
export function measure(input: ViewInput, monitor: Node): Words {
  const { now } = input;
  const what =
    nameIn(now.value(monitor, 'metric'))?.replaceAll('_', ' ') ??
    (now.value(monitor, 'test') ? now.word(monitor, 'test') : undefined) ??
    now.word(monitor, 'category')?.replaceAll('_', ' ') ??
    'nothing named';
  const lost = written(now, monitor, 'degradation')?.text;
  const window = written(now, monitor, 'window')?.text;
  const said = lost ? `${what} down ${lost}` : what;
  return window ? [`${said} in ${window}`, said, what] : [said, what];
}

/** `warn 0.1`, `critical 0.2`; where labels are needed, when they come. */
export function thresholds(input: ViewInput, monitor: Node): readonly Words[] {
  const limit = (path: 'warn' | 'critical'): Words => {
    const words = writtenWords(input, monitor, path);
    return words === undefined ? undefined : [words].flat().map((text) => `${path} ${text}`);
  };
  const limits = [limit('warn'), limit('critical')].filter((words) => words !== undefined);
  const delay = labelDelay(input, monitor);
  if (delay) limits.push(`labels after ${delay}`);
  return limits.length > 0 ? limits : [input.now.given(monitor, 'degradation') ? undefined : 'no threshold'];
}

/** Of the feedback that brings them, or of the source that it takes them from. */
function labelDelay({ now }: ViewInput, monitor: Node): string | undefined {
  const feedback = now.reference(monitor, 'labels');
  if (!feedback) return undefined;
  return [feedback, ...now.references(feedback, 'from')]
    .flatMap((node) => written(now, node, 'delay') ?? [])
    .toSorted((a, b) => b.value - a.value)[0]?.text;
}

export interface Act {
  readonly name: string;
  readonly target?: string;
}

/** What a warning and what a critical value does; one action alone is for critical, and a warning investigates. */
export function actionsOf({ now }: ViewInput, monitor: Node): readonly Act[] {
  const value = now.value(monitor, 'action');
  const actions = value?.form === 'actions' ? value.actions : [];
  if (actions.length === 0) return [{ name: 'no action' }];
  return actions.map(({ name, target }) => (target ? { name, target: target.name } : { name }));
}

/** `investigate, retrain`, or with what is retrained */
export const actionWords = (actions: readonly Act[], full = false): string =>
  actions.map(({ name, target }) => (full && target ? `${name} ${target}` : name)).join(', ');
