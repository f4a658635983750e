// A sheet works without this file, by its buttons. With it every change is saved at once; what the
// server has not acknowledged is sent again until it has.
(() => {
  "use strict";

  const form = document.querySelector("form[data-sheet]");
  if (!form) return;
  const said = form.querySelector("[data-sheet-saved]");
  const revision = form.querySelector("[name=revision]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let last = "";
  let busy = false;
  let stopped = false;
  let refused = null;
  let pressed = null;
  let pause = 1000;

  const typed = () => {
    const data = new FormData(form);
    ["revision", "csrfmiddlewaretoken", "submission"].forEach((name) => data.delete(name));
    return new URLSearchParams(data).toString();
  };
  const say = (sentence, kept) => {
    said.textContent = sentence;
    said.classList.toggle("officer-error", !kept);
  };

  const save = async () => {
    const content = typed();
    if (stopped || busy || content === last || content === refused) return;
    busy = true;
    try {
      const body = `${content}&revision=${encodeURIComponent(revision.value)}`;
      const headers = { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": token };
      const signal = AbortSignal.timeout(10000);
      const sent = { method: "POST", body, headers, keepalive: true, signal };
      const response = await fetch(form.dataset.sheet, sent);
      const told = await response.json();
      if (response.status === 409 || response.status === 410) stopped = true;
      say(told.said, response.ok);
      // The same again would be refused again: the next change is sent.
      refused = response.ok ? null : content;
      if (response.ok) {
        last = content;
        revision.value = told.revision;
        pause = 1000;
      }
    } catch {
      say(form.dataset.offline, false);
      pause = Math.min(pause * 2, 15000);
      setTimeout(save, pause);
    } finally {
      busy = false;
    }
    if (pressed) {
      form.requestSubmit(pressed);
      return;
    }
    // What was typed while the last save was on its way.
    if (pause === 1000 && typed() !== content) setTimeout(save, pause);
  };

  last = typed();
  let waiting;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 800);
  });
  form.addEventListener("change", save);
  document.addEventListener("visibilitychange", save);
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(waiting);
    stopped = true;
    if (!busy) return;
    // The save on its way gives the sheet another revision: the button waits for it.
    event.preventDefault();
    pressed = event.submitter;
  });
})();
