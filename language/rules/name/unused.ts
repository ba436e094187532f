import type { Design, Node, Param, ResolvedImport } from '../../model/design.ts';
import { linksOf } from '../../model/links.ts';
import { mentionsOf } from '../../model/mentions.ts';
import type { Report, Rule } from '../rule.ts';

export const unused: Rule = {
  name: 'name/unused',
  severity: 'hint',
  summary: 'A parameter, an import or a part that nothing in the design names.',
  *check({ design, problems }) {
    // a file without a system or a request holds parts for others, which this file does not know
    if (!design.nodes.some((n) => n.kind === 'system' || n.kind === 'request')) return;
    // what could not be read, or names nothing, may be what was to name it
    if (problems.length > 0 || linksOf(design).some((link) => !link.target && !link.open)) return;
    const used = usedIn(design);
    for (const param of design.everyParam) {
      if (param.span.at.uri !== design.uri || used.has(param.name) || design.params.get(param.name) !== param) continue;
      yield removable(param, `No value uses \`${param.name}\`.`);
    }
    for (const imported of design.imports) if (!isUsed(design, imported, used)) yield ofImport(imported);
    for (const node of design.nodes)
      if (node.name && NAMED.has(node.kind) && !used.has(node.name) && design.lookup(node.name) === node)
        yield {
          at: node.nameSpan,
          message: `Nothing names \`${node.name}\`, so it changes no figure: ${NAMED.get(node.kind)}.`,
          subject: node.name,
        };
  },
};

/** Kinds that are there to be named, and by what. */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['model', 'a training, a serving or another model takes a model'],
  ['entity', 'feature views and requests are about an entity'],
  ['features', 'models, flows and monitors read feature views'],
  ['featurestore', 'feature views name their store'],
  ['registry', 'trainings and servings name a registry'],
  ['hardware', 'trainings, servings and clusters take hardware'],
  ['tech', 'parts name the technology that they run on'],
]);

function usedIn(design: Design): ReadonlySet<string> {
  const used = new Set<string>();
  for (const link of linksOf(design)) if (link.name !== link.owner || link.member) used.add(link.name);
  for (const node of design.visible)
    if (node.span.at.uri !== design.uri) for (const name of mentionsOf(node)) used.add(name);
  return used;
}

/** Prices, clusters and requests count without a name, and files that are imported may need each other. */
function isUsed(design: Design, { uri }: ResolvedImport, used: ReadonlySet<string>): boolean {
  if (uri === null) return true;
  const here = (d: Node | Param) => d.span.at.uri === uri;
  const brought = design.visible.filter(here);
  const names = [...brought, ...design.everyParam.filter(here)].map((d) => d.name);
  return names.length === 0 || names.some((name) => used.has(name)) || brought.some((n) => !NAMED.has(n.kind));
}

const removable = ({ name, nameSpan, span }: Param, message: string): Report => ({
  at: nameSpan,
  message,
  subject: name,
  // with its doc comment, where its text begins
  fixes: [{ title: `Remove \`${name}\``, edits: [{ at: { ...span, start: 0 }, text: '', line: true }] }],
});

const ofImport = ({ path, pathSpan, span }: ResolvedImport): Report => ({
  at: pathSpan,
  message: `Nothing here names what \`${path}\` declares.`,
  subject: null,
  fixes: [{ title: 'Remove the import', edits: [{ at: span, text: '', line: true }] }],
});
