import { type Disposable, workspace } from 'vscode';
import { type BaseLanguageClient, InlayHintRequest, type Middleware } from 'vscode-languageclient';

const SETTING = 'mlsys.inlayHints.enabled';

/** The setting that shows or hides the estimates between the lines, at once and without the server. */
export function switchInlayHints(): { middleware: Middleware; watch(client: BaseLanguageClient): Disposable } {
  return {
    middleware: {
      provideInlayHints: (document, range, token, next) =>
        workspace.getConfiguration(undefined, document).get(SETTING, true) ? next(document, range, token) : [],
    },
    watch: (client) =>
      workspace.onDidChangeConfiguration((change) => {
        if (!change.affectsConfiguration(SETTING)) return;
        const feature = client.getFeature(InlayHintRequest.method);
        for (const document of workspace.textDocuments) feature?.getProvider(document)?.onDidChangeInlayHints.fire();
      }),
  };
}
