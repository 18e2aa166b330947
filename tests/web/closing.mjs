// The last line of a run of these tests: how many passed and how many failed. A run without a test is a failure.
export default async function* closing(events) {
  let passed = 0, failed = 0;
  for await (const { type, data } of events) {
    if (data?.details?.type === "suite") continue;
    if (type === "test:pass") passed += 1;
    if (type === "test:fail") failed += 1;
  }
  if (passed + failed === 0) process.exitCode = 1;
  yield `${passed} passed, ${failed} failed\n`;
}
