import { RULES } from '#language/index.ts';
import { nearest } from '#language/rules/spelling.ts';
import { markdownText } from './markdown.ts';
import { paint, print, UsageError } from './output.ts';
import { pageOf } from './package.ts';

/** A rule's page, or the list of rules. */
export function explain(name: string | undefined): number {
  print(name === undefined ? index() : page(name));
  return 0;
}

function page(name: string): string {
  const rule = RULES.find((r) => r.name === name) ?? onlyOne(RULES.filter((r) => r.name.endsWith(`/${name}`)));
  const text = pageOf(rule?.name ?? name);
  if (text) return markdownText(text, paint);
  if (rule) return markdownText(`# ${rule.name}\n\n${rule.summary}`, paint);
  throw new UsageError(`there is no rule \`${name}\`${suggestion(name)}`);
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

/** The nearest rule, by its whole name or by what stands after the group. */
function suggestion(name: string): string {
  const own = (rule: string) => rule.slice(rule.indexOf('/') + 1);
  const names = RULES.map((rule) => rule.name);
  const part = nearest(own(name), names.map(own));
  const meant = nearest(name, names) ?? names.find((rule) => own(rule) === part);
  return meant ? `: did you mean \`${meant}\`?` : '; `mlsys explain` lists them.';
}

function index(): string {
  const width = Math.max(...RULES.map((rule) => rule.name.length));
  const lines = RULES.map(({ name, severity, absence, summary }) => {
    return `${paint('bold', name.padEnd(width))}  ${severity.padEnd(7)}  ${absence ? 'absence      ' : 'contradiction'}  ${summary}`;
  });
  return [...lines, '', 'mlsys explain RULE shows the page of one.'].join('\n');
}
