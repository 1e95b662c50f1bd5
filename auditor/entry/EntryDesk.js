// What the pages of entry do by themselves: filter events, show the entry while a form is filled, lead to the fault.
// Without this script everything still works: forms are sent, and faults are shown by the server.

const WAIT = 180; // milliseconds after the last key before the preview is asked for

function findEvents(root) {
  const box = root.querySelector("[data-find]");
  if (!box) return;
  const events = [...root.querySelectorAll("[data-event]")];
  const shown = () => events.filter((event) => !event.hidden).map((event) => event.querySelector("a"));
  const filter = () => {
    const words = box.value.trim().toLowerCase().split(/\s+/);
    for (const event of events) event.hidden = !words.every((word) => event.dataset.event.includes(word));
    for (const group of root.querySelectorAll("[data-group]")) {
      group.hidden = !group.querySelector("[data-event]:not([hidden])");
    }
    root.querySelector("[data-none]").hidden = shown().length > 0;
  };
  box.addEventListener("input", filter);
  box.addEventListener("keydown", (key) => {
    const [first] = shown();
    if (first && key.key === "Enter") { key.preventDefault(); first.click(); }
    if (first && key.key === "ArrowDown") { key.preventDefault(); first.focus(); }
  });
  root.addEventListener("keydown", (key) => {
    const links = shown();
    const at = links.indexOf(document.activeElement);
    if (at < 0 || !["ArrowDown", "ArrowUp"].includes(key.key)) return;
    key.preventDefault();
    const to = at + (key.key === "ArrowDown" ? 1 : -1);
    (to < 0 ? box : links[Math.min(to, links.length - 1)]).focus();
  });
  filter();
}

function watchForm(root) {
  const form = root.querySelector("[data-entry]");
  const panel = root.querySelector("[data-preview]");
  if (!form || !panel) return;
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const data = new FormData(form);
    data.delete("files");
    panel.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch("/entry/preview", { method: "POST", body: data, credentials: "same-origin" });
      if (mine === asked && answer.ok) panel.innerHTML = await answer.text();
    } catch {
      // The server was ended; the form can still be read.
    }
    if (mine === asked) panel.removeAttribute("aria-busy");
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  form.addEventListener("keydown", (key) => {
    if (key.key === "Enter" && (key.ctrlKey || key.metaKey)) { key.preventDefault(); form.requestSubmit(); }
  });
  form.addEventListener("submit", (sent) => {
    if (form.dataset.sent) sent.preventDefault();
    form.dataset.sent = "yes";
  });
  const lines = form.querySelector("[data-lines]");
  if (lines) lines.addEventListener("input", () => addLine(lines));
}

function addLine(lines) {
  const rows = lines.querySelectorAll("[data-line]");
  const last = rows[rows.length - 1];
  if (rows.length >= 60 || ![...last.querySelectorAll("input")].some((input) => input.value)) return;
  const fresh = last.cloneNode(true);
  for (const fault of fresh.querySelectorAll(".fault")) fault.remove();
  for (const input of fresh.querySelectorAll("input")) {
    const name = input.name.replace(/^line\.\d+/, `line.${rows.length}`);
    input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, String(rows.length + 1)));
    input.removeAttribute("aria-invalid");
    input.name = name;
    input.id = name;
    input.value = "";
  }
  lines.append(fresh);
}

function leadToFault(root) {
  const wrong = root.querySelector("[aria-invalid=true]") ?? root.querySelector("[data-focus]");
  if (wrong) {
    wrong.closest("details")?.setAttribute("open", "");
    wrong.focus();
  }
  root.addEventListener("click", (click) => {
    const link = click.target.closest("[data-go]");
    const field = link && document.getElementById(link.dataset.go);
    if (!field) return;
    click.preventDefault();
    click.stopPropagation();
    field.closest("details")?.setAttribute("open", "");
    field.focus();
  });
}

function forgiveFaults(root) {
  root.addEventListener("input", (typed) => {
    const field = typed.target;
    if (!field.matches("[aria-invalid]")) return;
    field.removeAttribute("aria-invalid");
    field.parentElement.querySelector(".fault")?.remove();
  });
}

function tickAll(root) {
  const all = root.querySelector("[data-many] [data-all]");
  all?.addEventListener("change", () => {
    for (const box of root.querySelectorAll("[data-many] input[name=id]")) box.checked = all.checked;
  });
}

function rememberPlace(root) {
  const here = root.querySelector("[data-here]");
  if (here) here.value = location.pathname + location.search;
  const who = root.querySelector("[data-who] select");
  // With the mouse a choice is meant at once; with the keyboard every arrow changes it, and Enter on the button counts.
  let pointed = false;
  who?.addEventListener("pointerdown", () => { pointed = true; });
  who?.addEventListener("keydown", () => { pointed = false; });
  who?.addEventListener("change", () => { if (pointed) who.form.requestSubmit(); });
}

// Browsers do not agree on what opens an accesskey; on these pages it is Alt and the key everywhere.
function takeShortcut(key) {
  if (!key.altKey || key.ctrlKey || key.metaKey || key.isComposing) return;
  const pressed = key.code.replace(/^(Key|Digit)/, "").toLowerCase();
  const target = document.querySelector(`[data-ue] [accesskey="${CSS.escape(pressed)}"]`);
  if (!target || target.disabled) return;
  key.preventDefault();
  target.focus();
  if (target.matches("a, button")) target.click();
}

export default {
  init() {
    document.addEventListener("keydown", takeShortcut);
  },
  onPageLoad() {
    const root = document.querySelector("[data-ue]");
    if (!root || root.dataset.ready) return;
    root.dataset.ready = "yes";
    rememberPlace(root);
    findEvents(root);
    watchForm(root);
    leadToFault(root);
    forgiveFaults(root);
    tickAll(root);
  },
};
