/** How a machine is reached over SSH. */
export interface SshTarget {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  /** Private key. */
  readonly identityFile: string;
  /** Host keys of this machine alone: the first one seen is pinned, another one is refused from then on. */
  readonly knownHostsFile: string;
  /** Name under which the host key is kept; addresses of rented machines come again. */
  readonly hostKeyAlias: string;
}

/** Seconds between signs of life; three that fail end the connection. */
const ALIVE_SECONDS = 10;

/** Arguments of `ssh` up to and without the host; nothing of the user's own configuration takes part. */
export function sshOptions(target: SshTarget): string[] {
  const settings = {
    BatchMode: 'yes',
    StrictHostKeyChecking: 'accept-new',
    UserKnownHostsFile: quoted(target.knownHostsFile),
    GlobalKnownHostsFile: '/dev/null',
    HostKeyAlias: target.hostKeyAlias,
    UpdateHostKeys: 'no',
    IdentitiesOnly: 'yes',
    IdentityAgent: 'none',
    ConnectTimeout: '20',
    ServerAliveInterval: String(ALIVE_SECONDS),
    ServerAliveCountMax: '3',
    ControlMaster: 'no',
    ControlPath: 'none',
    ForwardAgent: 'no',
    RequestTTY: 'no',
    LogLevel: 'ERROR',
    // What travels is small and packed, or soon will be: compression would cost more than it saves on a fast line.
    Compression: 'no',
  };
  return [
    '-F',
    'none',
    '-i',
    target.identityFile,
    '-p',
    String(target.port),
    ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
  ];
}

/** OpenSSH takes this option apart at blanks. */
const quoted = (path: string) => `"${path}"`;

/** One word of a POSIX shell. */
export const shellWord = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
