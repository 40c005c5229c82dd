import type { Command } from 'commander';
import type { Cli } from '../cli/cli.ts';
import type { ServiceChoice } from '../cli/service/service-api.ts';

interface CommandEntry {
  /** Under which help lists it. */
  readonly group: 'Calls' | 'Requests' | 'Service' | 'Account and sandbox';
  readonly summary: string;
  /** Loads the command and declares its arguments. The world behind it is loaded when it runs. */
  readonly declare: (command: Command, cli: Cli) => Promise<void>;
}

const warned = new WeakSet<Cli>();

/** Settings, with near misses of names told on stderr, once for a command that opens several worlds. */
async function settingsFor(cli: Cli) {
  const { readSettings } = await import('./config.ts');
  const { settings, warnings } = readSettings();
  if (!warned.has(cli)) for (const warning of warnings) cli.err(`! ${warning}`);
  warned.add(cli);
  return settings;
}

async function callWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  const { createCallWorld, openAccounts } = await import('./world.ts');
  return createCallWorld(settings, await openAccounts(settings, choice));
}

async function webhooksWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  const [{ openAccounts }, { createWebhooksWorld }] = await Promise.all([
    import('./world.ts'),
    import('./webhooks-world.ts'),
  ]);
  return createWebhooksWorld(settings, await openAccounts(settings, choice));
}

async function linesWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  const [{ openAccounts }, { createLinesWorld }] = await Promise.all([
    import('./world.ts'),
    import('./lines-world.ts'),
  ]);
  return createLinesWorld(settings, await openAccounts(settings, choice));
}

async function serveWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  const [{ openServeAccounts }, { bundleDirectory, createServeWorld }] = await Promise.all([
    import('./serve-accounts.ts'),
    import('./serve-world.ts'),
  ]);
  const accounts = await openServeAccounts(settings, choice);
  return createServeWorld({ settings, accounts, dumpDirectory: bundleDirectory() });
}

async function reconcileWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  const [{ openAccounts }, { createReconcileWorld }, { serverForCalls }] = await Promise.all([
    import('./world.ts'),
    import('./reconcile-world.ts'),
    import('./server-for-calls.ts'),
  ]);
  const accounts = await openAccounts(settings, choice);
  const server = await serverForCalls(settings, { url: undefined, sandbox: accounts.sandbox }, cli.err);
  return createReconcileWorld(settings, accounts, { server });
}

async function diagnoseWorld(cli: Cli, choice: { sandbox: boolean }) {
  const settings = await settingsFor(cli);
  return (await import('./diagnose-world.ts')).createDiagnoseWorld(settings, choice);
}

function documentParts(cli: Cli) {
  return {
    settings: () => settingsFor(cli),
    say: (line: string) => cli.err(`! ${line}`),
    signal: cli.interrupted,
  };
}

async function explainWorld(cli: Cli, choice: { offline: boolean }) {
  const { createExplainWorld } = await import('./explain-world.ts');
  return createExplainWorld(choice, documentParts(cli));
}

async function scanWorld(cli: Cli, choice: { offline: boolean }) {
  const { createScanWorld } = await import('./scan-world.ts');
  return createScanWorld(choice, documentParts(cli));
}

/** The document that a command names, else that of ElevenLabs. */
async function loadDocument(cli: Cli, source: string | undefined) {
  const { openDocuments } = await import('./documents/open-documents.ts');
  const { sources, close } = openDocuments(documentParts(cli));
  try {
    return await (source === undefined
      ? sources.ofProvider('elevenlabs', false)
      : sources.named(source, false));
  } finally {
    await close();
  }
}

async function findServer(cli: Cli, choice: ServiceChoice) {
  const settings = await settingsFor(cli);
  const { mayHaveServer } = await import('./may-have-server.ts');
  if (!mayHaveServer(settings, choice)) return undefined;
  const { serverForCalls } = await import('./server-for-calls.ts');
  return serverForCalls(settings, choice, cli.err);
}

async function openService(cli: Cli, choice: ServiceChoice) {
  const settings = await settingsFor(cli);
  const { connectServer, noServer } = await import('./server-connection.ts');
  const server = await connectServer(settings, choice, cli.err);
  if (!server) throw noServer();
  return server;
}

async function openControl(cli: Cli, choice: ServiceChoice) {
  const settings = await settingsFor(cli);
  const { connectServer } = await import('./server-connection.ts');
  const server = await connectServer(settings, choice, cli.err);
  if (server) return server;
  const { openDirectControl } = await import('./direct-control.ts');
  return openDirectControl(settings, choice);
}

async function initWorld(cli: Cli) {
  const settings = await settingsFor(cli);
  const { createInitWorld } = await import('./init-world.ts');
  return createInitWorld(settings, async () => {
    const { declareDiagnose } = await import('../cli/commands/diagnose.ts');
    const { Command } = await import('commander');
    const command = new Command('diagnose');
    // What is for the eye goes to stderr, so that stdout stays what init itself answers.
    declareDiagnose(command, { ...cli, out: cli.err }, (choice) => diagnoseWorld(cli, choice));
    await command.parseAsync([], { from: 'user' });
  });
}

/** Every command of the CLI, in the order in which help lists them. */
export const commands: Readonly<Record<string, CommandEntry>> = {
  call: {
    group: 'Calls',
    summary: 'place an outbound call and follow it to its end',
    declare: async (command, cli) =>
      (await import('../cli/commands/call.ts')).declareCall(
        command,
        cli,
        (choice) => callWorld(cli, choice),
        (choice) => findServer(cli, choice),
      ),
  },
  calls: {
    group: 'Calls',
    summary: 'show, list, hang up, cancel, retry and resolve calls',
    declare: async (command, cli) =>
      (await import('../cli/commands/calls.ts')).declareCalls(
        command,
        cli,
        (choice) => callWorld(cli, choice),
        {
          findServer: (choice) => findServer(cli, choice),
          openService: (choice) => openService(cli, choice),
        },
      ),
  },
  diagnose: {
    group: 'Calls',
    summary: 'say what is wrong with an account, check by check',
    declare: async (command, cli) =>
      (await import('../cli/commands/diagnose.ts')).declareDiagnose(command, cli, (choice) =>
        diagnoseWorld(cli, choice),
      ),
  },
  reconcile: {
    group: 'Calls',
    summary: 'lay calls, carrier records and attempts side by side, and say what does not fit',
    declare: async (command, cli) =>
      (await import('../cli/commands/reconcile.ts')).declareReconcile(command, cli, (choice) =>
        reconcileWorld(cli, choice),
      ),
  },
  explain: {
    group: 'Requests',
    summary: 'say why an API request fails, and what to send instead',
    declare: async (command, cli) =>
      (await import('../cli/commands/explain.ts')).declareExplain(command, cli, (choice) =>
        explainWorld(cli, choice),
      ),
  },
  scan: {
    group: 'Requests',
    summary: 'find the API calls in a folder of scripts, and what is wrong with them',
    declare: async (command, cli) =>
      (await import('../cli/commands/scan.ts')).declareScan(command, cli, (choice) => scanWorld(cli, choice)),
  },
  spec: {
    group: 'Requests',
    summary: 'look something up in an API’s document, or compare two',
    declare: async (command, cli) =>
      (await import('../cli/commands/spec.ts')).declareSpec(command, cli, (source) =>
        loadDocument(cli, source),
      ),
  },
  serve: {
    group: 'Service',
    summary: 'run the service: API, webhooks, and an engine that dials and follows',
    declare: async (command, cli) =>
      (await import('../cli/commands/serve.ts')).declareServe(command, cli, (choice) =>
        serveWorld(cli, choice),
      ),
  },
  stop: {
    group: 'Service',
    summary: 'stop all dialling of the service, at once',
    declare: async (command, cli) =>
      (await import('../cli/commands/stop.ts')).declareStop(command, cli, (choice) =>
        openControl(cli, choice),
      ),
  },
  resume: {
    group: 'Service',
    summary: 'let the service dial again',
    declare: async (command, cli) =>
      (await import('../cli/commands/resume.ts')).declareResume(command, cli, (choice) =>
        openControl(cli, choice),
      ),
  },
  suppress: {
    group: 'Service',
    summary: 'keep numbers from being called: add, list, check, remove',
    declare: async (command, cli) =>
      (await import('../cli/commands/suppress.ts')).declareSuppress(command, cli, (choice) =>
        openControl(cli, choice),
      ),
  },
  forget: {
    group: 'Service',
    summary: 'erase the person behind a number, here and at the providers',
    declare: async (command, cli) =>
      (await import('../cli/commands/forget.ts')).declareForget(command, cli, (choice) =>
        openService(cli, choice),
      ),
  },
  keys: {
    group: 'Service',
    summary: 'make, list and revoke keys for the API',
    declare: async (command, cli) =>
      (await import('../cli/commands/keys.ts')).declareKeys(command, cli, (choice) =>
        openControl(cli, choice),
      ),
  },
  init: {
    group: 'Account and sandbox',
    summary: 'set up an account in .env: key, agent, line',
    declare: async (command, cli) =>
      (await import('../cli/commands/init.ts')).declareInit(command, cli, () => initWorld(cli)),
  },
  agents: {
    group: 'Account and sandbox',
    summary: 'list the agents of the account',
    declare: async (command, cli) =>
      (await import('../cli/commands/agents.ts')).declareAgents(command, cli, (choice) =>
        callWorld(cli, choice),
      ),
  },
  lines: {
    group: 'Account and sandbox',
    summary: 'list the lines of the account, import a number or a SIP trunk',
    declare: async (command, cli) =>
      (await import('../cli/commands/lines.ts')).declareLines(command, cli, (choice) =>
        linesWorld(cli, choice),
      ),
  },
  webhooks: {
    group: 'Account and sandbox',
    summary: 'connect a webhook of the workspace',
    declare: async (command, cli) =>
      (await import('../cli/commands/webhooks.ts')).declareWebhooks(command, cli, (choice) =>
        webhooksWorld(cli, choice),
      ),
  },
  sandbox: {
    group: 'Account and sandbox',
    summary: 'run the sandbox on its own, for any client',
    declare: async (command, cli) =>
      (await import('../cli/commands/sandbox.ts')).declareSandbox(command, cli, async () =>
        (await import('./sandbox-world.ts')).createSandboxWorld(),
      ),
  },
};
