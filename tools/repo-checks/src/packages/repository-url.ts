/**
 * The address under which npm shows a Git remote, or null for one that others cannot reach, such as a folder. User names
 * and tokens in an address stay out of it.
 */
export function repositoryUrl(remote: string): string | null {
  const scp = /^(?:[^@/]+@)?([\w.-]+\.[\w-]+):(?!\/)(.+)$/.exec(remote);
  const address = scp === null ? remote : `ssh://${scp[1]}/${scp[2]}`;
  if (!URL.canParse(address)) return null;
  const { protocol, host, hostname, pathname } = new URL(address);
  if (!['https:', 'http:', 'ssh:', 'git:'].includes(protocol) || pathname === '/') return null;
  // A port belongs to the protocol that is left behind.
  const server = protocol === 'https:' ? host : hostname;
  return `git+https://${server}${pathname.replace(/\/$/, '').replace(/(?:\.git)?$/, '.git')}`;
}
