export { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
export { startSshd, whyNoSshd, type TestMachine, type TestMachineOptions } from './start-sshd.ts';
