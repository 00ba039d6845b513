export { FAKE_KEY, FakeRunpod, type FakePod, type FakeRunpodOptions, type Fault } from './fake-runpod.ts';
export {
  FakeServerless,
  type FakeJob,
  type FakeServerlessOptions,
  type WorkerResult,
} from './fake-serverless.ts';
export { serveFake, type ServedFake } from './serve-fake.ts';
