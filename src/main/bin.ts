// A file that is still running cannot be imported by what it waits for, so all that runs is in another one.
const { runCommand } = await import('./run-command.ts');
await runCommand(process.argv.slice(2));

export {};
