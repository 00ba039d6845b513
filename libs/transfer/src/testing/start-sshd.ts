import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { SshTarget } from '../ssh/ssh-target.ts';
import { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';

const SSHD = '/usr/sbin/sshd';

/** Why no server can be started here; undefined where all is there. */
export function whyNoSshd(): string | undefined {
  const missing = [SSHD, '/usr/bin/ssh', '/usr/bin/ssh-keygen', '/usr/bin/rsync', '/usr/bin/tar'].filter(
    (path) => !existsSync(path),
  );
  return missing.length === 0
    ? undefined
    : `${missing.join(', ')} missing: apt-get install openssh-client openssh-server rsync`;
}

export interface TestMachine {
  readonly target: SshTarget;
  /** A folder of the machine that is empty at first. */
  readonly home: string;
  /** Counts bytes, and cuts connections. */
  readonly proxy: CuttingProxy;
  /** Where the server itself listens, past the proxy. */
  readonly serverPort: number;
  /** Numbers of the processes that run on the machine. */
  processes(): number[];
  /** Ends the machine with everything that runs on it; its folder stays until `remove`. */
  kill(): Promise<void>;
  remove(): void;
}

export interface TestMachineOptions {
  /** Folders that programs are looked for in, instead of the system's. */
  readonly path?: string;
  /** Public key that may log in, with its private one elsewhere; default: one made here. */
  readonly publicKey?: string;
  /** Environment of everything on the machine. */
  readonly env?: Readonly<Record<string, string>>;
}

let counter = 0;

/** A machine with a real SSH server on the loopback, behind a proxy that counts and cuts. */
export async function startSshd(options: TestMachineOptions = {}): Promise<TestMachine> {
  const folder = mkdtempSync(join(tmpdir(), 'arae-sshd-'));
  const home = join(folder, 'home');
  mkdirSync(home);
  const key = (name: string) => {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, name)]);
    return join(folder, name);
  };
  const hostKey = key('host_key');
  const identityFile = key('client_key');
  writeFileSync(
    join(folder, 'authorized_keys'),
    `${options.publicKey ?? readFileSync(`${identityFile}.pub`, 'utf8')}\n`,
    { mode: 0o600 },
  );
  const mark = `${process.pid}-${counter++}-${folder.slice(-6)}`;
  const env = { ARAE_TEST_MACHINE: mark, HOME: home, ...options.env };
  const settings = Object.entries(env).map(([name, value]) => `${name}="${value}"`);
  const port = await freePort();
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      `HostKey ${hostKey}`,
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      `PidFile ${join(folder, 'sshd.pid')}`,
      'StrictModes no',
      'UsePAM no',
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      'MaxStartups 100',
      'AllowTcpForwarding yes',
      `SetEnv ${settings.join(' ')}${options.path === undefined ? '' : ` PATH="${options.path}"`}`,
      '',
    ].join('\n'),
  );
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
  const server = spawn(SSHD, ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], ARAE_TEST_MACHINE: mark },
  });
  await listening(server);
  const proxy = await startCuttingProxy(port);
  return {
    home,
    proxy,
    serverPort: port,
    target: {
      host: '127.0.0.1',
      port: proxy.port,
      username: userInfo().username,
      identityFile,
      knownHostsFile: join(folder, 'known_hosts'),
      hostKeyAlias: 'machine',
    },
    processes: () => processesOf(server.pid ?? 0, mark),
    async kill() {
      await proxy.close();
      // A process may start another while the list is read.
      const list = () => processesOf(server.pid ?? 0, mark);
      for (let pids = list(); pids.length > 0; pids = list()) {
        for (const pid of pids) {
          try {
            process.kill(pid, 'SIGKILL');
          } catch {
            // Ended by itself.
          }
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/**
 * The server and its sessions by descent, since they write over their environment; everything else by the mark in the
 * environment, which children inherit also when they have left the session.
 */
function processesOf(server: number, mark: string): number[] {
  const all = readdirSync('/proc').flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const [state, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!/^\d+$/.test(name) || state === 'Z') return [];
      const isMarked = readFileSync(`/proc/${name}/environ`, 'latin1').includes(`ARAE_TEST_MACHINE=${mark}`);
      return [{ pid: Number(name), parent: Number(parent), isMarked }];
    } catch {
      return [];
    }
  });
  const found = new Set(all.filter(({ pid, isMarked }) => isMarked || pid === server).map(({ pid }) => pid));
  for (let size = -1; size !== found.size;) {
    size = found.size;
    for (const { pid, parent } of all) if (found.has(parent)) found.add(pid);
  }
  found.delete(process.pid);
  return [...found];
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function listening(server: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Server listening')) resolve();
    });
    server.once('exit', () => reject(new Error(`sshd ended: ${said}`)));
  });
}
