import assert from 'node:assert/strict';
import { commands, extensions, languages } from 'vscode';
import { api, ID, open, until } from './support.ts';

describe('activation', () => {
  it('happens when a design is opened, and only then', async () => {
    const extension = extensions.getExtension(ID);
    assert.ok(extension, 'the packaged extension is not installed');
    assert.ok(extension.extensionUri.path.includes('mlsys.mlsys-'), `not the packaged one: ${extension.extensionUri}`);
    assert.equal(extension.isActive, false);
    const { document } = await open('fraud.mlsys');
    assert.equal(document.languageId, 'mlsys');
    await until('the extension is active', () => extension.isActive);
  });

  it('brings the commands', async () => {
    const all = await commands.getCommands(true);
    for (const { command } of extensions.getExtension(ID)!.packageJSON.contributes.commands)
      assert.ok(all.includes(command), command);
  });

  it('starts the language server', async () => {
    const { client } = await api();
    await client.start();
    assert.ok(client.initializeResult?.capabilities.hoverProvider);
    assert.ok((await languages.getLanguages()).includes('mlsys'));
  });
});
