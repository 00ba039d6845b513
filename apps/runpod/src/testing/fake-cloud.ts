import { join } from 'node:path';
import { FakeRunpod, serveFake, type FakePod, type FakeRunpodOptions } from '@arae/runpod/testing';
import { startSshd, type TestMachine } from '@arae/transfer/testing';

/** RunPod's REST interface on a real port, with a real SSH server for every pod. */
export interface FakeCloud {
  readonly url: string;
  readonly runpod: FakeRunpod;
  /** The machine of a pod, once it is up. */
  machineOf(podId: string): TestMachine | undefined;
  /** Folder that outlives a stop of the pod. */
  workspaceOf(podId: string): string;
  /** Most pods that lived at the same time. */
  readonly mostPods: number;
  /** USD so far. */
  bill(): number;
  /** The pod is gone, as when its host fails. */
  lose(podId: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param workspace where every pod finds its volume; one for all, since tests have one pod at a time and no namespaces
 */
export async function startFakeCloud(workspace: string, options: FakeRunpodOptions = {}): Promise<FakeCloud> {
  const machines = new Map<string, TestMachine>();
  const starting = new Map<string, Promise<void>>();
  const all: TestMachine[] = [];
  const ending: Promise<void>[] = [];
  let mostPods = 0;

  const start = async (pod: FakePod) => {
    const machine = await startSshd({ publicKey: pod.env['PUBLIC_KEY'] ?? '' });
    all.push(machine);
    if (pod.deletedMs !== undefined || pod.ended !== undefined) await machine.kill();
    else machines.set(pod.id, machine);
  };
  const end = (pod: FakePod) => {
    const machine = machines.get(pod.id);
    machines.delete(pod.id);
    if (machine !== undefined) ending.push(machine.kill());
  };
  const runpod = new FakeRunpod({
    ...options,
    sshOf: options.sshOf ?? (({ id }) => machines.get(id)?.target),
    onChange: (pod, change) => {
      mostPods = Math.max(mostPods, runpod.living.length);
      if (change === 'created' || change === 'started') starting.set(pod.id, start(pod));
      else end(pod);
    },
  });
  const server = await serveFake(runpod.fetch, () => {
    runpod.timeMs = Date.now();
  });
  return {
    url: server.url,
    runpod,
    machineOf: (podId) => machines.get(podId),
    workspaceOf: () => join(workspace),
    get mostPods() {
      return mostPods;
    },
    bill() {
      runpod.timeMs = Date.now();
      return runpod.bill;
    },
    async lose(podId) {
      const pod = runpod.living.find(({ id }) => id === podId)!;
      pod.deletedMs = Date.now();
      end(pod);
      await Promise.all(ending);
    },
    async close() {
      await Promise.all(starting.values());
      await server.close();
      await Promise.all([...ending, ...[...machines.values()].map((machine) => machine.kill())]);
      for (const machine of all) machine.remove();
    },
  };
}
