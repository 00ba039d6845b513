export { startCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
export { startSshd, whyNoSshd, type TestMachine, type TestMachineOptions } from './start-sshd.ts';
export { startS3Server, whyNoS3Server, type S3Server } from './start-s3-server.ts';
