import { catalogEntry, catalogOf, isCatalogUri } from '../catalog/index.ts';
import type { Design, Import, Node, Param, Requirement, Scenario } from './design.ts';
import type { SourceFile } from './source-file.ts';

/** Puts one document together with the files it imports (itself first) and the catalog. A name means its first declaration. */
export function buildDesign(files: readonly SourceFile[]): Design {
  const [own, ...imported] = files;
  const nodes: Node[] = [];
  const visible: Node[] = [];
  const byName = new Map<string, Node>();
  const params = new Map<string, Param>();
  const requirements: Requirement[] = [];
  const scenarios: Scenario[] = [];
  const imports: Import[] = [];

  for (const file of own ? [own, ...imported] : []) {
    for (const { item } of file.entries) {
      if (item.is === 'node') {
        visible.push(item.node);
        if (file === own) nodes.push(item.node);
        if (item.node.name && !byName.has(item.node.name)) byName.set(item.node.name, item.node);
      } else if (item.is === 'param') {
        if (!params.has(item.param.name)) params.set(item.param.name, item.param);
      } else if (file === own) {
        if (item.is === 'requirement') requirements.push(item.requirement);
        else if (item.is === 'scenario') scenarios.push(item.scenario);
        else if (item.is === 'import') imports.push(item.import);
      }
    }
  }

  return {
    uri: own?.uri ?? '',
    nodes,
    visible,
    params,
    requirements,
    scenarios,
    imports,
    system: nodes.find((n) => n.kind === 'system') ?? visible.find((n) => n.kind === 'system'),
    lookup: (name) => byName.get(name) ?? catalogEntry(name),
    isCatalog: (node) => isCatalogUri(node.span.at.uri),
    catalog: catalogOf,
  };
}
