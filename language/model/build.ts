import { catalogEntry, catalogOf, isCatalogUri } from '../catalog/index.ts';
import type { Design, Import, Node, Param, Requirement, ResolvedImport, Scenario } from './design.ts';
import type { SourceFile } from './source-file.ts';

/** What the path of an import leads to. */
export type Target = Pick<ResolvedImport, 'uri' | 'meant'>;

/** Puts one document together with the files it imports (itself first) and the catalog. A name means its first declaration. */
export function buildDesign(
  files: readonly SourceFile[],
  targetOf: (imported: Import) => Target = () => ({ uri: null }),
): Design {
  const [own, ...imported] = files;
  const nodes: Node[] = [];
  const visible: Node[] = [];
  const byName = new Map<string, Node>();
  const params = new Map<string, Param>();
  const requirements: Requirement[] = [];
  const scenarios: Scenario[] = [];
  const everyParam: Param[] = [];
  const imports: ResolvedImport[] = [];

  for (const file of own ? [own, ...imported] : []) {
    for (const { item } of file.entries) {
      if (item.is === 'node') {
        visible.push(item.node);
        if (file === own) nodes.push(item.node);
        if (item.node.name && !byName.has(item.node.name)) byName.set(item.node.name, item.node);
      } else if (item.is === 'param') {
        everyParam.push(item.param);
        if (!params.has(item.param.name)) params.set(item.param.name, item.param);
      } else if (file === own) {
        if (item.is === 'requirement') requirements.push(item.requirement);
        else if (item.is === 'scenario') scenarios.push(item.scenario);
        else if (item.is === 'import') imports.push({ ...item.import, ...targetOf(item.import) });
      }
    }
  }

  return {
    uri: own?.uri ?? '',
    nodes,
    visible,
    params,
    everyParam,
    requirements,
    scenarios,
    imports,
    system: nodes.find((n) => n.kind === 'system') ?? visible.find((n) => n.kind === 'system'),
    lookup: (name) => byName.get(name) ?? catalogEntry(name),
    isCatalog: (node) => isCatalogUri(node.span.at.uri),
    catalog: catalogOf,
  };
}
