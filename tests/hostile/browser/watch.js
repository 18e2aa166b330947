// Put into a page before anything of it runs: it hears every way in which a text could have become more than a text.
window.heard = { ran: [], wrong: [] };
window.pwn = (what) => {
  window.heard.ran.push(`pwn(${what})`);
  console.info(`ran: pwn(${what})`);
  return "";
};
Object.defineProperty(window, "pwned", { set: (what) => { window.heard.ran.push(`pwned = ${what}`); }, get: () => undefined });
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = (what) => { window.heard.ran.push(`${name}(${what})`); };
window.print = () => {};
document.addEventListener("securitypolicyviolation", (event) => window.heard.wrong.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
window.addEventListener("error", (event) => {
  // A browser tells this of any page whose layout answers to its own size; it is no error of a script.
  if (/^ResizeObserver loop/.test(event.message)) return;
  window.heard.wrong.push(`error: ${event.message} ${(event.error && event.error.stack) || ""}`.slice(0, 900));
}, true);
window.addEventListener("unhandledrejection", (event) => window.heard.wrong.push(`rejected: ${event.reason}`));
