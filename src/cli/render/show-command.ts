/** The command by which a call or an attempt is looked at again, in the world it belongs to. */
export function showCommand(id: string, world: { sandbox: boolean }, watch = false): string {
  return `donna calls show ${id}${watch ? ' --watch' : ''}${world.sandbox ? ' --sandbox' : ''}`;
}
