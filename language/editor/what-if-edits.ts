import type { Scenario, Span } from '../model/design.ts';
import { insertion } from '../rules/edits.ts';
import type { Edit } from '../rules/rule.ts';
import type { Document } from '../workspace.ts';
import { propertyAt, sourceOf } from './knobs.ts';
import type { Sets } from './what-if.ts';

/** Writes values into the text: where they are written, or into the scenario that is shown. */
export function applied(document: Document, scenario: string | null, sets: Sets): readonly Edit[] {
  const shown = document.design.scenarios.find((s) => s.name === scenario);
  if (shown) return intoScenario(document, shown, sets);
  return Object.entries(sets).flatMap(([name, text]): Edit[] => {
    const [subject = '', ...path] = name.split('.');
    const node = path.length > 0 ? document.design.lookup(subject) : undefined;
    const written = node ? propertyAt(node, path.join('.'))?.valueSpan : document.design.params.get(name)?.valueSpan;
    if (written) return [{ at: written, text }];
    return node && path.length === 1 ? [insertion(node, `${path[0]}: ${text}`)] : [];
  });
}

function intoScenario(document: Document, scenario: Scenario, sets: Sets): readonly Edit[] {
  const found = (name: string) => scenario.assignments.find(({ path }) => path.join('.') === name);
  const added = Object.entries(sets).filter(([name]) => !found(name));
  const changed = scenario.assignments.flatMap(({ path, valueSpan }): Edit[] => {
    const text = sets[path.join('.')];
    return text === undefined ? [] : [{ at: valueSpan, text }];
  });
  const last = scenario.assignments.at(-1)?.valueSpan;
  const brace = sourceOf(document, scenario.span).indexOf('{', scenario.nameSpan.end - scenario.span.start);
  const start = last?.end ?? scenario.span.start + brace + 1;
  const at: Span = { ...scenario.span, start, end: start };
  const between = sourceOf(document, scenario.span).includes('\n') ? '\n  ' : '  ';
  const text = added.map(([name, value]) => `${between}${name} = ${value}`).join('');
  return added.length > 0 ? [...changed, { at, text }] : changed;
}

/** A scenario of these values at the end of the text, with those of the shown scenario that they do not replace. */
export function asScenario(document: Document, scenario: string | null, name: string, sets: Sets): readonly Edit[] {
  const shown = document.design.scenarios.find((s) => s.name === scenario);
  const kept = (shown?.assignments ?? []).map(
    ({ path, valueSpan }) => [path.join('.'), sourceOf(document, valueSpan)] as const,
  );
  const all = new Map([...kept, ...Object.entries(sets)]);
  const lines = [...all].map(([path, value]) => `  ${path} = ${value}`);
  const end = document.text.length;
  const gap = document.text === '' || document.text.endsWith('\n') ? '\n' : '\n\n';
  const text = `${gap}scenario ${name} {\n${lines.join('\n')}\n}\n`;
  return [{ at: { at: { uri: document.uri, offset: 0 }, start: end, end }, text }];
}

/** Why a scenario cannot be called so; undefined: it can. */
export function wrongName({ design }: Document, name: string): string | undefined {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    return 'A name is made of letters, digits and _, and begins with no digit.';
  const taken = design.scenarios.some((s) => s.name === name) || design.params.has(name) || design.lookup(name);
  return taken ? `There is a \`${name}\` already.` : undefined;
}
