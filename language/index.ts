/** The language: text in, data out. Hosts (server, command line, tests) use this façade and nothing below it. */
export { CATALOG_SCHEME, catalogNames, catalogText, isCatalogUri } from './catalog/index.ts';
export type { Analysis } from './estimate/analysis.ts';
export { type Estimate, isMissing, type Missing, type Step } from './estimate/estimate.ts';
export type * from './model/design.ts';
export { RULES } from './rules/index.ts';
export { type Configuration, Configurations } from './rules/configuration.ts';
export type { Edit, Finding, Fix, Rule, Severity } from './rules/rule.ts';
export { levelOf, type Levels, type Mistake, readLevels } from './rules/severity.ts';
export { KINDS, kindOf, propertiesOf, propertyOf } from './schema/index.ts';
export { QUANTITIES, quantitiesOf, quantityOf } from './schema/quantities.ts';
export { editsOf, type TextEdit } from './rules/edits.ts';
export { Lines, type Position, type Range } from './text.ts';
export { Document, type Loader, resolvePath, Workspace } from './workspace.ts';
