// Starts `inflight lsp` and adds the two commands that need the editor's own windows.

import * as vscode from "vscode";
import { LanguageClient } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerTextEditorCommand("inflight.showDiagram", showDiagram),
    vscode.commands.registerTextEditorCommand("inflight.renameKeeping", renameKeeping),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("inflight.command")) {
        await deactivate();
        await start();
      }
    }),
  );
  await start();
}

export async function deactivate(): Promise<void> {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function start(): Promise<void> {
  const command = vscode.workspace.getConfiguration("inflight").get("command", "inflight");
  client = new LanguageClient(
    "inflight",
    "Inflight",
    { command, args: ["lsp"] },
    { documentSelector: [{ language: "workflow" }] },
  );
  try {
    await client.start();
  } catch (error) {
    void vscode.window.showErrorMessage(
      `\`${command} lsp\` does not start: install inflight, or set \`inflight.command\`. ${error}`,
    );
  }
}

/** Runs one of the server's commands, and shows why it could not. */
async function run<Result>(command: string, argument: object): Promise<Result | undefined> {
  try {
    return await client?.sendRequest<Result>("workspace/executeCommand", {
      command,
      arguments: [argument],
    });
  } catch (error) {
    void vscode.window.showWarningMessage(error instanceof Error ? error.message : `${error}`);
    return undefined;
  }
}

interface Drawn {
  workflow: string;
  text: string;
}

/** Draws the workflow beside its text. */
async function showDiagram(editor: vscode.TextEditor): Promise<void> {
  const uri = editor.document.uri.toString();
  const drawn = await run<Drawn>("inflight.diagram", { uri, format: "svg" });
  if (drawn === undefined) {
    return;
  }
  const panel = vscode.window.createWebviewPanel(
    "inflight.diagram",
    drawn.workflow,
    vscode.ViewColumn.Beside,
  );
  panel.webview.html = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<style>svg { max-width: 100%; height: auto; }</style>
</head>
<body>${drawn.text}</body>
</html>`;
}

/** Renames what stands at the cursor, so that records under its old name still load. */
async function renameKeeping(editor: vscode.TextEditor): Promise<void> {
  const { document, selection } = editor;
  const range = document.getWordRangeAtPosition(selection.active);
  if (range === undefined) {
    return;
  }
  const value = document.getText(range);
  const newName = await vscode.window.showInputBox({ prompt: "The new name", value });
  if (newName !== undefined && newName !== value) {
    const uri = document.uri.toString();
    await run("inflight.renameKeepingOldName", { uri, position: range.start, newName });
  }
}
