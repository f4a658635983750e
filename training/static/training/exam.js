// An exam's page works without this file. With it every change is saved at once; what the server
// has not acknowledged stays in this browser and is sent again until it has.
(() => {
  "use strict";

  const form = document.querySelector("form[data-exam]");
  if (!form) return;
  const data = form.dataset;
  const key = `exam-${data.exam}`;
  const position = Number(data.position);
  const saved = form.querySelector("[data-exam-saved]");
  const trouble = form.querySelector("[data-exam-trouble]");
  const clock = form.querySelector("[data-exam-left]");

  // What this browser keeps: its name, how many answers it has numbered, the last number it heard,
  // and the answers that were not acknowledged.
  let memory = { client: "", made: 0, base: 0, queue: [] };
  const load = () => {
    try {
      memory = JSON.parse(localStorage.getItem(key)) || memory;
    } catch {
      // Without storage the page itself remembers.
    }
    return memory;
  };
  const store = () => {
    try {
      localStorage.setItem(key, JSON.stringify(memory));
    } catch {
      // As above.
    }
  };
  const newName = () =>
    Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

  const inputs = () => Array.from(form.querySelectorAll("[name^='answer']"));
  const read = () => {
    const fields = inputs();
    if (data.kind === "multiple") return fields.filter((f) => f.checked).map((f) => f.value);
    if (data.kind === "matching") return Object.fromEntries(fields.map((f) => [f.name.slice(7), f.value]));
    if (fields[0].type === "radio") return (fields.find((f) => f.checked) || { value: null }).value;
    return fields[0].value;
  };
  const put = (value) => {
    inputs().forEach((field) => {
      if (data.kind === "multiple") field.checked = (value || []).includes(field.value);
      else if (data.kind === "matching") field.value = (value || {})[field.name.slice(7)] || "";
      else if (field.type === "radio") field.checked = field.value === value;
      else field.value = value || "";
    });
  };

  let offline = false;
  const say = (sentence) => {
    trouble.textContent = sentence;
    trouble.hidden = !sentence;
  };
  const stop = (sentence) => {
    say(sentence);
    form.querySelectorAll("input, select, textarea, button").forEach((field) => (field.disabled = true));
  };
  const showWaiting = () => {
    saved.textContent = data.kept;
    saved.classList.add("waiting");
  };

  let left = Number(data.left);
  let since = performance.now();
  const setLeft = (seconds) => {
    left = seconds;
    since = performance.now();
  };

  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const ask = async (url, body) => {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), 10000);
    try {
      const response = await fetch(url, {
        method: body ? "POST" : "GET",
        body: body && JSON.stringify(body),
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        signal: patience.signal,
      });
      return { status: response.status, told: await response.json() };
    } finally {
      clearTimeout(timer);
    }
  };

  // Returns whether the next one may be sent.
  const settle = (entry, status, told) => {
    load();
    if (status === 409 && told.reason === "number") {
      const kept = memory.queue.find((one) => one.number === entry.number);
      memory.made = Math.max(memory.made + 1, told.next);
      if (kept) kept.number = memory.made;
      store();
      return true;
    }
    if (status === 409 || status === 410) {
      stop(told.said);
      return false;
    }
    if (status !== 200 && status !== 422) {
      // Signed out, or the server fails: it is kept and sent again.
      say(told.said || data.offline);
      throw new Error(String(status));
    }
    memory.queue = memory.queue.filter((one) => one.number !== entry.number);
    if (status === 200) {
      memory.base = Math.max(memory.base, told.sequence);
      setLeft(told.left);
      if (!memory.queue.length) {
        saved.textContent = told.saved;
        saved.classList.remove("waiting");
      }
    }
    store();
    say(status === 422 ? told.said : "");
    return true;
  };

  let busy = false;
  let pause = 1000;
  const flush = async () => {
    if (busy) return;
    busy = true;
    try {
      let more = true;
      while (more && load().queue.length) {
        const entry = { ...memory.queue[0], client: memory.client };
        const { status, told } = await ask(data.save, entry);
        more = settle(entry, status, told);
      }
      offline = false;
      pause = 1000;
    } catch {
      offline = true;
      if (trouble.hidden) say(data.offline);
      pause = Math.min(pause * 2, 15000);
      setTimeout(flush, pause);
    } finally {
      busy = false;
    }
  };

  let last = JSON.stringify(read());
  const keep = () => {
    const value = read();
    if (JSON.stringify(value) === last) return;
    last = JSON.stringify(value);
    load();
    memory.made += 1;
    memory.queue = memory.queue.filter((entry) => entry.position !== position);
    memory.queue.push({ number: memory.made, base: memory.base, position, value });
    store();
    showWaiting();
    const isBlank = ["", "null", "[]"].includes(last.replace(/"/g, ""));
    form.querySelector(".exam-grid [aria-current]").classList.toggle("answered", !isBlank);
    flush();
  };

  load();
  memory.client = memory.client || newName();
  memory.base = Math.max(memory.base, Number(data.base));
  store();
  const unsent = memory.queue.find((entry) => entry.position === position);
  if (unsent) {
    put(unsent.value);
    last = JSON.stringify(read());
    showWaiting();
  }
  flush();

  let typing;
  form.addEventListener("input", (event) => {
    if (!event.target.name.startsWith("answer")) return;
    clearTimeout(typing);
    typing = setTimeout(keep, event.target.matches("textarea, [type=text]") ? 1000 : 0);
  });
  form.addEventListener("change", keep);
  document.addEventListener("visibilitychange", keep);
  addEventListener("online", flush);
  // Going on while the line is down would lose the page, not the answers; so it waits.
  form.addEventListener("submit", (event) => {
    keep();
    if (!offline && navigator.onLine) return;
    event.preventDefault();
    say(data.offline);
    flush();
  });

  const two = (number) => String(number).padStart(2, "0");
  const tick = () => {
    const seconds = Math.max(0, Math.floor(left - (performance.now() - since) / 1000));
    clock.textContent = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  };
  tick();
  setInterval(tick, 1000);
  // Only the server knows the time: an extension, the end, another device.
  setInterval(async () => {
    try {
      const { status, told } = await ask(data.clock);
      if (status !== 200) return;
      setLeft(told.left);
      if (!told.running || !told.here) location.assign(data.over);
      else if (offline) flush();
    } catch {
      offline = true;
      say(data.offline);
    }
  }, 15000);
})();
