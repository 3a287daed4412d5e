// @ts-check
// Shows the page when its parts are there, and says so when the kernel or the program is gone.
// Runs before the cells arrive: whatever happens to them, this must already be awake.
"use strict";

const ASK_EVERY_MS = 3000;
const SLOW_AFTER_MS = 8000;
const GIVE_UP_AFTER_MS = 60000;
const HIDDEN = 423; // nothing is shown now
const WAITING = 'script[type="application/vnd.voila.cell-output+json"]';

const gone = document.getElementById("am-gone");
let isStarted = false;
let misses = 0;

/** Take the opening screen away; safe to call twice. */
function show() {
  document.body.classList.remove("am-opening");
  document.getElementById("am-opening")?.remove();
}

/** Show the page once its program (light.js or Voilà's) has started and every output has something in it. */
function showWhenComplete() {
  const outputs = [...document.querySelectorAll("#rendered_cells .jp-OutputArea-output")];
  const isEmpty = outputs.some((output) => !output.childElementCount && !output.textContent);
  if (!isStarted || isEmpty || document.querySelector(WAITING)) return;
  watcher.disconnect();
  show();
}

const watcher = new MutationObserver(showWhenComplete);
watcher.observe(document.body, { childList: true, subtree: true });

// The program of the page calls these while it starts; the last means that its start is done.
Object.assign(window, {
  cellLoaded: true,
  voila_heartbeat() {},
  voila_process() {},
  voila_finish() {
    isStarted = true;
    showWhenComplete();
  },
});

/** @param {"kernel" | "server"} why */
function tell(why) {
  if (!gone || !gone.hidden) return;
  for (const line of gone.querySelectorAll("[data-am-why]")) {
    line.toggleAttribute("hidden", line.getAttribute("data-am-why") !== why);
  }
  document.getElementById("am-again")?.toggleAttribute("hidden", why === "server");
  gone.hidden = false;
  show();
}

/** @returns {string | undefined} the kernel of this page, once the server has named it */
function kernelId() {
  const config = document.getElementById("jupyter-config-data")?.textContent;
  try {
    return config ? JSON.parse(config).kernelId : undefined;
  } catch {
    return undefined; // half of it has arrived
  }
}

/** Ask whether the kernel of this page still lives. */
async function ask() {
  const id = kernelId();
  if (document.hidden || !id) return;
  try {
    const answer = await fetch(`${document.documentElement.dataset.base}/api/kernels/${id}`, { cache: "no-store" });
    misses = 0;
    if (answer.status === HIDDEN) window.dispatchEvent(new Event("amparo-shut"));
    else if (!answer.ok) tell("kernel");
  } catch {
    // One miss may be a page that is just being left.
    misses += 1;
    if (misses > 1) tell("server");
  }
}

document.getElementById("am-again")?.addEventListener("click", () => location.reload());
document.addEventListener("visibilitychange", ask);
document.addEventListener("DOMContentLoaded", () => {
  // The server ended the page before it named a kernel: none could be started.
  if (!kernelId()) tell("kernel");
});
setInterval(ask, ASK_EVERY_MS);
setTimeout(() => document.getElementById("am-slow")?.removeAttribute("hidden"), SLOW_AFTER_MS);
setTimeout(() => (isStarted ? show() : tell("kernel")), GIVE_UP_AFTER_MS);
