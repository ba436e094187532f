import { describe, expect, it } from 'vitest';
import { Workspace } from '#language/workspace.ts';
import { applyFix } from '../harness/fixes.ts';

/** Findings of one file beside others, as `rule subject at the text: message`. */
function check(files: Record<string, string>, name = 'main.mlsys') {
  const uri = (file: string) => `file:///designs/${file}`;
  const workspace = new Workspace((asked) => files[asked.slice(uri('').length)]);
  const document = workspace.update(uri(name), files[name]!);
  const findings = document.findings.filter((f) => /^(syntax|type|name)\//.test(f.rule));
  const textOf = (f: (typeof findings)[number]) =>
    document.text.slice(f.at.at.offset + f.at.start, f.at.at.offset + f.at.end);
  return { document, findings, said: findings.map((f) => `${f.rule} ${f.subject} ${textOf(f)}`) };
}

const SHARED = 'param peak = 3/s\nsource Clicks { type: stream  rate: peak }\n';

describe('names across files', () => {
  it('a file that is there is found, and so is what it declares', () => {
    const main =
      'import "./shared/base.mlsys"\nfeatures F { entity: User  type: batch  source: Clicks schema { a: int32 } }\nentity User { keys: 10 }\n';
    expect(check({ 'main.mlsys': main, 'shared/base.mlsys': SHARED }).said).toEqual([]);
  });

  it('a path without its ending is offered with it', () => {
    const { document, findings } = check({ 'main.mlsys': 'import "./shared"\n', 'shared.mlsys': SHARED });
    expect(findings[0]!.message).toContain('did you mean `./shared.mlsys`?');
    expect(applyFix(document, findings[0]!.fixes[0]!)).toBe('import "./shared.mlsys"\n');
  });

  it('a slip in a path is mended by a file that is open', () => {
    const workspace = new Workspace();
    workspace.update('file:///designs/shared.mlsys', SHARED);
    const document = workspace.update('file:///designs/main.mlsys', 'import "./sharde.mlsys"\n');
    expect(document.findings.map((f) => f.fixes[0]?.title)).toEqual(['Change to `./shared.mlsys`']);
  });

  it('one declaration of an imported name is an error where it stands here, and renames what follows it', () => {
    const main = `import "./shared.mlsys"
source Clicks { type: batch  records: 5/d }
index I { source: Clicks  vectors: 10  dimensions: 8 }
`;
    const { document, findings, said } = check({ 'main.mlsys': main, 'shared.mlsys': SHARED });
    expect(said).toEqual(['name/duplicate Clicks Clicks']);
    expect(findings[0]!.related[0]!.at.at.uri).toBe('file:///designs/shared.mlsys');
    expect(applyFix(document, findings[0]!.fixes[0]!)).toBe(main.replaceAll('Clicks', 'Clicks2'));
  });

  it('parameters count too', () => {
    const main = 'import "./shared.mlsys"\nparam peak = 4/s\n';
    expect(check({ 'main.mlsys': main, 'shared.mlsys': SHARED }).said).toEqual(['name/duplicate peak peak']);
  });

  it('two imported files with one name are one finding, at the import of the second', () => {
    const files = {
      'main.mlsys': 'import "./a.mlsys"\nimport "./b.mlsys"\n',
      'a.mlsys': 'entity User { keys: 1 }\n',
      'b.mlsys': 'entity User { keys: 2 }\n',
    };
    expect(check(files).said).toEqual(['name/duplicate User "./b.mlsys"']);
  });

  it('files that import each other are fine, and a circle of parameters through them is not', () => {
    const files = {
      'main.mlsys': 'import "./a.mlsys"\nparam x = y + 1\n',
      'a.mlsys': 'import "./main.mlsys"\nparam y = x + 1\n',
    };
    expect(check(files).said).toEqual(['name/cycle x y + 1']);
    expect(check(files, 'a.mlsys').said).toEqual(['name/cycle y x + 1']);
  });
});
