export { FAKE_KEY, FakeRunpod, type FakePod, type FakeRunpodOptions, type Fault } from './fake-runpod.ts';
