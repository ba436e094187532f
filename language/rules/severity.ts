import { RULES } from './index.ts';
import type { Finding, Severity } from './rule.ts';
import { nearest } from './spelling.ts';

/** What a user makes of a rule. */
export type Level = Severity | 'off';

const LEVELS: readonly string[] = ['off', 'error', 'warning', 'info', 'hint'] satisfies Level[];

/** Severities that somebody has set, by rule, group or pattern (`style/*`). Those of the first that says something count. */
export type Levels = readonly ReadonlyMap<string, Level>[];

/** Something in a configuration that means nothing. */
export interface Mistake {
  /** the key that it stands at, or undefined for the whole */
  readonly key?: string;
  readonly message: string;
}

/** The groups of the language definition; some have no rule yet. */
const GROUPS = [
  ...['syntax', 'type', 'name', 'require', 'capacity', 'latency', 'training', 'features', 'serving', 'experiment'],
  ...['monitor', 'pattern', 'cost', 'reliability', 'security', 'style'],
];

/** What a rule is set to, or undefined where it keeps its own severity: its name wins over its group, the longer pattern over the shorter. */
export function levelOf(rule: string, levels: Levels): Level | undefined {
  for (const layer of levels) {
    const fitting = [...layer.keys()].filter((pattern) => matches(pattern, rule));
    const closest = fitting.sort((a, b) => weight(b) - weight(a))[0];
    if (closest !== undefined) return layer.get(closest);
  }
  return undefined;
}

const weight = (pattern: string): number => (pattern.includes('*') ? pattern.length : pattern.length + 100);

function matches(pattern: string, rule: string): boolean {
  if (!pattern.includes('*')) return pattern === rule || rule.startsWith(`${pattern}/`);
  const [first = '', ...rest] = pattern.split('*');
  let at = first.length;
  if (!rule.startsWith(first)) return false;
  for (const [i, part] of rest.entries()) {
    const found = i === rest.length - 1 ? Math.max(at, rule.length - part.length) : rule.indexOf(part, at);
    if (found < 0 || !rule.startsWith(part, found)) return false;
    at = found + part.length;
  }
  return true;
}

/** Findings with the severities that are set, without those that are off. */
export function leveled(findings: readonly Finding[], levels: Levels): readonly Finding[] {
  if (levels.length === 0) return findings;
  return findings.flatMap((finding) => {
    const level = levelOf(finding.rule, levels) ?? finding.severity;
    return level === 'off' ? [] : level === finding.severity ? finding : withSeverity(finding, level);
  });
}

/** Its fixes stay unasked for. */
const withSeverity = (finding: Finding, severity: Severity): Finding =>
  Object.defineProperties({} as Finding, {
    ...Object.getOwnPropertyDescriptors(finding),
    severity: { value: severity, enumerable: true },
  });

/** Reads `{"style/*": "off", "capacity/headroom": "error"}`. What cannot be read is left out, with what was likely meant. */
export function readLevels(rules: unknown): { levels: Levels; mistakes: readonly Mistake[] } {
  if (rules === undefined || rules === null) return { levels: [], mistakes: [] };
  if (typeof rules !== 'object' || Array.isArray(rules))
    return {
      levels: [],
      mistakes: [{ key: 'rules', message: '`rules` must be an object, such as {"style/*": "off"}.' }],
    };
  const layer = new Map<string, Level>();
  const mistakes: Mistake[] = [];
  for (const [key, level] of Object.entries(rules)) {
    const known = GROUPS.includes(key.replace(/\/\*$/, '')) || RULES.some((rule) => matches(key, rule.name));
    if (!known) mistakes.push({ key, message: `There is no rule \`${key}\`${meant(key, names())}` });
    if (typeof level === 'string' && LEVELS.includes(level)) layer.set(key, level as Level);
    else mistakes.push({ key, message: `\`${key}\` cannot be \`${String(level)}\`${meant(String(level), LEVELS)}` });
  }
  return { levels: layer.size > 0 ? [layer] : [], mistakes };
}

const names = (): string[] => [...RULES.map((rule) => rule.name), ...GROUPS, ...GROUPS.map((group) => `${group}/*`)];

function meant(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near ? `: did you mean \`${near}\`?` : known.length > 9 ? '.' : `: it is one of ${known.join(', ')}.`;
}
