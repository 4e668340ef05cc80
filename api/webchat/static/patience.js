// Try again, later and later, while a failure is temporary. Bounded: after the last wait the caller decides.

const WAITS_SECONDS = [1, 2, 4, 8, 15, 15, 15];

/** What the call gives. `onWait(problem, seconds)` is told before each wait; the last Problem is thrown. */
export async function patiently(call, onWait = () => {}) {
  for (const seconds of WAITS_SECONDS) {
    try {
      return await call();
    } catch (problem) {
      if (!problem.isTemporary) throw problem;
      const wait = Math.max(seconds, problem.retryAfterSeconds);
      onWait(problem, wait);
      await pause(wait, problem.status === 0);
    }
  }
  return call();
}

/** Wait; when the network was the trouble, its return ends the wait early. */
function pause(seconds, wakeWhenOnline) {
  return new Promise((resolve) => {
    const timer = setTimeout(done, seconds * 1000);
    if (wakeWhenOnline) window.addEventListener("online", done);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
  });
}
